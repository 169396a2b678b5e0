#include "widgets/panel/PageFrame.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace seedbook {

namespace {

constexpr int pageMargin = 12;

} // namespace

PageFrame::PageFrame(QWidget* parent)
    : QWidget(parent)
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body = new QWidget(scroll);
    m_column = new QVBoxLayout(m_body);
    m_column->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    scroll->setWidget(m_body);

    m_buttons = new QGridLayout;
    m_buttons->setContentsMargins(pageMargin, 8, pageMargin, pageMargin);
    m_buttons->setSpacing(6);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addLayout(m_buttons);
}

} // namespace seedbook

#include "moc_PageFrame.cpp"
