#pragma once

namespace seedbook {

// On Linux Qt gives a combo box its current text as its accessible name and leaves the label to a
// relation. Here a control's name is its label: after this call every combo box made later in the
// program that cannot be typed into answers with its own name and tells its text as its value.
// Calling it again changes nothing.
void nameCombosByLabel();

} // namespace seedbook
