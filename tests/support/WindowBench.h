#pragma once

#include "library/ThumbnailLoader.h"
#include "settings/DraftStore.h"
#include "settings/KeyStore.h"
#include "settings/Settings.h"
#include "support/PaidBench.h"
#include "widgets/window/MainWindow.h"

#include <QTemporaryDir>

namespace seedbook::test {

// The whole window on queue, ledger and library, and a service that is paid.
struct WindowBench
{
    // On a folder of an earlier one it is the next start.
    explicit WindowBench(const Endpoint& endpoint, Transport transport = Transport::Blocking,
        const QString& folder = {}, const ModelCatalog& catalog = models())
        : path(folder.isEmpty() ? own.path() : folder)
        , paid(path, endpoint, transport)
        , settings(path + QStringLiteral("/seedbook.conf"))
        , keys(endpoint.origin(), ApiKey("SG_0123456789abcdef"))
        , thumbnails(path + QStringLiteral("/cache"))
        , draft(path + QStringLiteral("/draft.json"))
        , window({.models = catalog,
              .queue = paid.queue,
              .sender = paid.sender,
              .ledger = paid.ledger,
              .settings = settings,
              .keys = keys,
              .library = paid.library,
              .thumbnails = thumbnails,
              .draft = draft,
              .keyCheck = {},
              .cacheFolder = path + QStringLiteral("/cache")})
    {
        window.setTarget(endpoint, ComposePanel::Mode::Paid);
        window.show();
    }

    QTemporaryDir own;
    QString path;
    PaidBench paid;
    Settings settings;
    KeyStore keys;
    ThumbnailLoader thumbnails;
    DraftStore draft;
    MainWindow window;
};

} // namespace seedbook::test
