#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QFuture>
#include <QImage>
#include <QPixmap>
#include <QTimer>
#include <QWidget>

namespace seedbook {

// A picture as large as the panel is wide, decoded off the GUI thread to just that size. Until it
// is there, the gallery's thumbnail stands in. Why it cannot be shown is said in its place.
class PreviewBox final : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewBox(QWidget* parent = nullptr);
    ~PreviewBox() override;
    Q_DISABLE_COPY_MOVE(PreviewBox)

    // `meanwhile` may be null.
    void setPicture(const PicturePtr& picture, const QPixmap& meanwhile);
    [[nodiscard]] const QString& failure() const { return m_failure; }
    // What is shown at its final size; null before.
    [[nodiscard]] const QPixmap& pixmap() const { return m_pixmap; }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void openRequested();
    // The picture, or the words in its place, are there.
    void settled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    void decode();
    [[nodiscard]] QSize bound() const; // device pixels

    PicturePtr m_picture;
    QPixmap m_meanwhile;
    QPixmap m_pixmap;
    QString m_failure;
    QTimer m_resizeTimer; // the panel is dragged wider in many steps
    QFuture<Result<QImage>> m_decoding;
    quint64 m_question = 0; // an answer to an earlier one is dropped
};

} // namespace seedbook
