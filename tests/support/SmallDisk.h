#pragma once

#include <QByteArray>
#include <QFile>

#include <sys/mount.h>

namespace seedbook::test {

// A disk of its own in an existing folder, as small or as read-only as a test wants it, until it
// goes out of scope. Only root can have one: skip the test where it is false.
class SmallDisk final
{
public:
    explicit SmallDisk(const QString& folder, const char* size, unsigned long flags = 0)
        : m_folder(QFile::encodeName(folder))
        , m_mounted(::mount("none", m_folder.constData(), "tmpfs", flags,
                        QByteArray("size=").append(size).constData()) == 0)
    {
    }
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    explicit operator bool() const { return m_mounted; }
    // From now on; nothing may be open for writing.
    [[nodiscard]] bool makeReadOnly() const
    {
        return ::mount("none", m_folder.constData(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

private:
    QByteArray m_folder;
    bool m_mounted;
};

} // namespace seedbook::test
