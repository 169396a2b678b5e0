#include "widgets/common/DetailsTable.h"

#include "widgets/common/CopyableLabel.h"
#include "widgets/common/PlainLabel.h"

#include <QGridLayout>
#include <QTextBlock>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new PlainLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

TextBlock::TextBlock(const QString& name, int mostLines, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_mostLines(mostLines)
{
    setAccessibleName(name);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(false);
    QPalette plain = palette();
    plain.setColor(QPalette::Base, Qt::transparent);
    setPalette(plain);
}

void TextBlock::setText(const QString& text)
{
    setPlainText(text);
    resizeEvent(nullptr);
}

void TextBlock::resizeEvent(QResizeEvent* event)
{
    if (event)
        QPlainTextEdit::resizeEvent(event);
    // Measured only as far as it matters: a text may have a million lines. Lines of other scripts
    // are taller than the font's own.
    const int most = m_mostLines * fontMetrics().lineSpacing();
    qreal height = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && height < most;
         block = block.next())
        height += blockBoundingRect(block).height();
    const int wanted = std::min(most, static_cast<int>(std::ceil(height)));
    if (wanted != m_height) {
        m_height = wanted;
        updateGeometry();
    }
}

QSize TextBlock::sizeHint() const
{
    return {200, std::max(m_height, fontMetrics().lineSpacing()) + 2};
}

DetailsTable::DetailsTable(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
}

void DetailsTable::setRows(const DetailRows& rows)
{
    for (int row = 0; row < rows.size() || m_grid->itemAtPosition(row, 0); ++row) {
        if (!m_grid->itemAtPosition(row, 0)) {
            auto* name = new PlainLabel(this);
            name->setForegroundRole(QPalette::PlaceholderText);
            m_grid->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeft);
            auto* value = new CopyableLabel({}, this);
            value->setMinimumWidth(1); // a long word is cut rather than the panel widened
            m_grid->addWidget(value, row, 1);
        }
        auto* name = static_cast<QLabel*>(m_grid->itemAtPosition(row, 0)->widget());
        auto* value = static_cast<QLabel*>(m_grid->itemAtPosition(row, 1)->widget());
        const bool used = row < rows.size();
        name->setVisible(used);
        value->setVisible(used);
        if (used) {
            name->setText(rows.at(row).first);
            value->setText(rows.at(row).second);
            value->setAccessibleName(tr("%1: %2").arg(rows.at(row).first, rows.at(row).second));
        }
    }
}

} // namespace seedbook

#include "moc_DetailsTable.cpp"
