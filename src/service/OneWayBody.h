#pragma once

#include <QIODevice>

namespace seedbook {

// A request's body that can be read once. Qt sends a POST again by itself when a connection closes
// early, and can do so only with a body it can rewind: this one is sequential and refuses.
class OneWayBody final : public QIODevice
{
    Q_OBJECT

public:
    explicit OneWayBody(QByteArray bytes, QObject* parent = nullptr);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }

    [[nodiscard]] qint64 length() const { return m_bytes.size(); }
    // True once anything was taken: from then on the request may have left this computer.
    [[nodiscard]] bool wasRead() const { return m_position > 0; }
    // Nothing can be taken any more, so that "it never left" stays true once it was said.
    void seal() { m_sealed = true; }

Q_SIGNALS:
    void firstRead();

protected:
    qint64 readData(char* data, qint64 most) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_position = 0;
    bool m_sealed = false;
};

} // namespace seedbook
