#include "widgets/common/HeldKeys.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QScopedValueRollback>

namespace seedbook {

bool HeldKeys::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (m_sending || (type != QEvent::KeyPress && type != QEvent::KeyRelease &&
                         type != QEvent::ShortcutOverride))
        return false;
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (key.isAutoRepeat() || key.timestamp() == 0) // 0: nobody said when
        return false;
    if (type == QEvent::KeyRelease) {
        m_key = key.key();
        m_at = key.timestamp();
        return false;
    }
    if (key.key() != m_key || key.timestamp() != m_at)
        return false;
    if (type == QEvent::ShortcutOverride) {
        event->accept(); // it comes as a key then
        return true;
    }
    QKeyEvent repeat(type, key.key(), key.modifiers(), key.nativeScanCode(), key.nativeVirtualKey(),
        key.nativeModifiers(), key.text(), true, static_cast<quint16>(key.count()));
    repeat.setTimestamp(key.timestamp());
    const QScopedValueRollback sending(m_sending, true);
    QCoreApplication::sendEvent(watched, &repeat);
    event->setAccepted(repeat.isAccepted());
    return true;
}

} // namespace seedbook

#include "moc_HeldKeys.cpp"
