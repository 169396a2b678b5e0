#include "widgets/actions/FileManager.h"

#include "library/PersonsFiles.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace seedbook {

void openFolder(const QString& folder)
{
    const PersonsFiles rights; // what opens it inherits them
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

void revealInFileManager(const QStringList& paths, QObject* context)
{
    const auto openFirst = [path = paths.first()] { openFolder(QFileInfo(path).absolutePath()); };
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        openFirst();
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.FileManager1"_s,
        u"/org/freedesktop/FileManager1"_s, u"org.freedesktop.FileManager1"_s, u"ShowItems"_s);
    QStringList urls;
    for (const QString& path : paths)
        urls.append(QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded));
    call << urls << QString();
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
        [openFirst](QDBusPendingCallWatcher* answer) {
            if (answer->isError())
                openFirst();
            answer->deleteLater();
        });
}

} // namespace seedbook
