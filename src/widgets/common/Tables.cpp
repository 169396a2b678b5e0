#include "widgets/common/Tables.h"

#include <QHeaderView>
#include <QTableView>

namespace seedbook {

namespace {

constexpr int roomOfRow = 8; // above and below the line together

} // namespace

void setUpTable(QTableView* view, const QList<int>& letters)
{
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setAlternatingRowColors(true);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    QHeaderView* lines = view->verticalHeader();
    lines->hide();
    lines->setSectionResizeMode(QHeaderView::Fixed);
    lines->setDefaultSectionSize(view->fontMetrics().height() + roomOfRow);
    view->horizontalHeader()->setHighlightSections(false);
    const int letter = view->fontMetrics().averageCharWidth();
    for (int column = 0; column < letters.size(); ++column)
        view->setColumnWidth(column, letter * letters.at(column));
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_headings.size())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(m_headings.at(section)) : QVariant();
}

} // namespace seedbook
