#include "widgets/common/FlowLayout.h"

#include <QWidget>

#include <algorithm>

namespace seedbook {

FlowLayout::FlowLayout(int gap, QWidget* parent)
    : QLayout(parent)
    , m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::insertWidget(int place, QWidget* widget)
{
    addChildWidget(widget);
    m_items.insert(place, new QWidgetItem(widget));
    invalidate();
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.append(item);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    return arrange(QRect(0, 0, width - margins.left() - margins.right(), 0), false) +
           margins.top() + margins.bottom();
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : m_items)
        size = size.expandedTo(item->minimumSize());
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect.marginsRemoved(contentsMargins()), true);
}

int FlowLayout::arrange(const QRect& rect, bool apply) const
{
    int y = rect.top();
    qsizetype first = 0;
    while (first < m_items.size()) {
        // As many as fit, and one in any case.
        int used = 0;
        int height = 0;
        int growing = 0;
        qsizetype end = first;
        for (; end < m_items.size(); ++end) {
            const QLayoutItem* item = m_items.at(end);
            const QSize wanted = item->sizeHint();
            const int width = std::min(wanted.width(), rect.width());
            if (end > first && used + m_gap + width > rect.width())
                break;
            used += width + (end > first ? m_gap : 0);
            height = std::max(height, wanted.height());
            growing += item->expandingDirections().testFlag(Qt::Horizontal) ? 1 : 0;
        }
        int x = rect.left();
        const int spare = growing > 0 ? (rect.width() - used) / growing : 0;
        for (qsizetype i = first; apply && i < end; ++i) {
            QLayoutItem* item = m_items.at(i);
            const QSize wanted = item->sizeHint();
            int width = std::min(wanted.width(), rect.width());
            if (item->expandingDirections().testFlag(Qt::Horizontal))
                width = std::min(width + spare, std::max(width, item->maximumSize().width()));
            item->setGeometry(QRect(x, y + (height - wanted.height()) / 2, width, wanted.height()));
            x += width + m_gap;
        }
        y += height + m_gap;
        first = end;
    }
    return std::max(0, y - m_gap - rect.top());
}

} // namespace seedbook

#include "moc_FlowLayout.cpp"
