#pragma once

#include <QStringList>
#include <QWidget>

class QMimeData;

namespace seedbook {

// Covers the window while files are dragged over it, says what dropping them does, and takes the
// drop. Whatever part of the window does not want the files leaves them to it.
class DropHint final : public QWidget
{
    Q_OBJECT

public:
    explicit DropHint(QWidget* window);

    // The local files and folders in what is dragged.
    [[nodiscard]] static QStringList localPaths(const QMimeData* data);

Q_SIGNALS:
    void dropped(const QStringList& paths);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace seedbook
