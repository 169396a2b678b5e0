#pragma once

#include "app/CommandLine.h"

#include <QList>

namespace seedbook {

struct DismissOptions
{
    QList<qint64> ids; // each once
    bool json = false;
};

// `seedbook dismiss ID…`: what the window's Dismiss does, for exactly these requests, all or none.
[[nodiscard]] Parsed<DismissOptions> readDismiss(
    const QStringList& arguments, const ModelCatalog& models);
[[nodiscard]] int runDismiss(Program& program, const DismissOptions& options);

} // namespace seedbook
