#pragma once

#include <QByteArray>
#include <QFile>

#include <algorithm>

namespace seedbook::test {

// How much more memory this process held at once than it held when this was made, in MB. Linux
// keeps the peak, and begins it anew when told so.
class PeakMemory final
{
public:
    PeakMemory()
    {
        QFile peak(QStringLiteral("/proc/self/clear_refs"));
        m_works = peak.open(QIODevice::WriteOnly) && peak.write("5") == 1;
        peak.close();
        m_before = megabytes("VmRSS:");
    }

    // A sanitizer keeps what was freed, and shadows the rest.
    [[nodiscard]] bool works() const
    {
#ifdef __SANITIZE_ADDRESS__
        return false;
#else
        return m_works;
#endif
    }
    [[nodiscard]] double above() const
    {
        return std::max(0.0, megabytes("VmHWM:") - m_before);
    }

private:
    static double megabytes(const QByteArray& name)
    {
        QFile file(QStringLiteral("/proc/self/status"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (line.startsWith(name))
                return line.mid(name.size()).trimmed().split(' ').first().toDouble() * 1024 / 1e6;
        }
        return 0;
    }

    bool m_works = false;
    double m_before = 0;
};

} // namespace seedbook::test
