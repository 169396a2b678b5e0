#pragma once

class QCoreApplication;

namespace seedbook {

// Seedbook's and Qt's own texts in the system's language, as far as there are any. English has a
// file too: for its plurals.
void installTranslations(QCoreApplication& application);

} // namespace seedbook
