#pragma once

#include <QWidget>

namespace seedbook {

// The rating as five stars and a cross, to click or to choose with 0 … 5, X and the arrow keys. A
// click on the star that is set, or on the cross that is, takes it back. It shows what it is told:
// a choice is only asked for.
class StarRow final : public QWidget
{
    Q_OBJECT

public:
    explicit StarRow(QWidget* parent = nullptr);

    [[nodiscard]] int rating() const { return m_rating; }
    void setRating(int rating); // −1 … 5

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    // Where the star (1 … 5) or the cross (−1) is.
    [[nodiscard]] QRect placeOf(int rating) const;

Q_SIGNALS:
    void chosen(int rating);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int ratingAt(QPoint position) const; // 0: none there

    int m_rating = 0;
    int m_hovered = 0;
};

} // namespace seedbook
