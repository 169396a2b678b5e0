#pragma once

#include "library/PictureFilter.h"

#include <QWidget>

#include <functional>

class QAction;
class QLineEdit;
class QMenu;
class QToolButton;

namespace seedbook {

class ChoiceMenu;

// What finds pictures: a field for words, a button for each part of a filter, whose menu tells how
// many pictures each choice would show, and the order. What is chosen is told on the button.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int longestText = 2000; // characters; more is not taken

    explicit FilterBar(QWidget* parent = nullptr);

    // Asked when a menu opens.
    using Facets = std::function<PictureFacets()>;
    void setFacets(Facets facets) { m_facets = std::move(facets); }
    [[nodiscard]] const PictureFilter& filter() const { return m_filter; }
    // Told of as if a person had chosen it; of a longer text, what the field takes.
    void setFilter(const PictureFilter& filter);
    [[nodiscard]] const PictureOrder& order() const { return m_order; }
    void setOrder(const PictureOrder& order);
    [[nodiscard]] QLineEdit* search() const { return m_search; }
    // Their keys work in the whole window.
    [[nodiscard]] QAction* find() const { return m_find; }
    [[nodiscard]] QAction* clear() const { return m_clear; }
    [[nodiscard]] QAction* goToDate() const { return m_goToDate; } // opens that menu

Q_SIGNALS:
    void filterChanged(const seedbook::PictureFilter& filter);
    void orderChanged(const seedbook::PictureOrder& order);
    // Go to the first picture of that month.
    void dateWanted(const QDate& day);
    // To the pictures: Return, Down, or Escape in the empty field.
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Filling = void (FilterBar::*)(ChoiceMenu& menu, const PictureFacets& facets);
    [[nodiscard]] ChoiceMenu* makeMenu(const QString& name, Filling fill, QWidget* parent);
    [[nodiscard]] QToolButton* addButton(const QString& name, Filling fill);
    void fillRatings(ChoiceMenu& menu, const PictureFacets& facets);
    void fillTags(ChoiceMenu& menu, const PictureFacets& facets);
    void recountTags(ChoiceMenu& menu);
    void fillShapes(ChoiceMenu& menu, const PictureFacets& facets);
    void fillDates(ChoiceMenu& menu, const PictureFacets& facets);
    void fillJump(ChoiceMenu& menu, const PictureFacets& facets);
    void fillMore(ChoiceMenu& menu, const PictureFacets& facets);
    void fillOrders(ChoiceMenu& menu, const PictureFacets& facets);
    void fillMonths(QMenu& menu, const PictureFacets& facets,
        const std::function<void(const QDate& month)>& chosen);
    void setDates(const QDate& from, const QDate& until);
    void askForDates();
    void showState();
    void showTooLong();

    Facets m_facets;
    PictureFilter m_filter;
    PictureOrder m_order;
    QLineEdit* m_search;
    QToolButton* m_rating;
    QToolButton* m_tags;
    QToolButton* m_shape;
    QToolButton* m_dates;
    QToolButton* m_more;
    QToolButton* m_sort;
    QToolButton* m_clearButton;
    QAction* m_find;
    QAction* m_clear;
    ChoiceMenu* m_jump;
    QAction* m_goToDate;
};

} // namespace seedbook
