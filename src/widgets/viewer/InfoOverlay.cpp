#include "widgets/viewer/InfoOverlay.h"

#include "widgets/actions/PictureActions.h"
#include "widgets/common/CopyableLabel.h"
#include "widgets/common/DetailsTable.h"
#include "widgets/common/StarRow.h"
#include "widgets/live/PictureText.h"
#include "widgets/live/SeedText.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QTextCursor>
#include <QTextDocumentFragment>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int outside = 12; // to the edges of the view
constexpr int inside = 14;
constexpr int narrowest = 220;
constexpr int widest = 380;
constexpr int promptLines = 10;
constexpr int negativeLines = 4;
constexpr qreal corner = 8;

} // namespace

InfoOverlay::InfoOverlay(const ModelCatalog& models, PictureActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_models(models)
    , m_scroll(new QScrollArea(this))
    , m_body(new QWidget)
    , m_stars(new StarRow(m_body))
    , m_tags(new CopyableLabel({}, m_body))
    , m_promptLabel(heading(tr("Prompt"), m_body))
    , m_prompt(new TextBlock(tr("Prompt"), promptLines, m_body))
    , m_negativeLabel(heading(tr("Negative prompt"), m_body))
    , m_negative(new TextBlock(tr("Negative prompt"), negativeLines, m_body))
    , m_table(new DetailsTable(m_body))
{
    setAccessibleName(tr("Information"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 6, 0);
    column->setSpacing(4);
    column->addWidget(m_stars, 0, Qt::AlignLeft);
    column->addWidget(m_tags);
    column->addSpacing(6);
    column->addWidget(m_promptLabel);
    column->addWidget(m_prompt);
    column->addSpacing(6);
    column->addWidget(m_negativeLabel);
    column->addWidget(m_negative);
    column->addSpacing(6);
    column->addWidget(m_table);
    column->addStretch(1);
    m_scroll->setWidget(m_body);
    m_body->setAutoFillBackground(false); // the scroll area had turned it on
    m_body->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(inside, inside, inside - 6, inside);
    layout->addWidget(m_scroll);
    connect(m_stars, &StarRow::chosen, &actions, &PictureActions::rate);
    hide();
}

void InfoOverlay::setPicture(const PicturePtr& picture)
{
    m_picture = picture;
    if (isVisible())
        fill();
}

void InfoOverlay::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fill();
}

void InfoOverlay::fill()
{
    if (m_picture == m_filled)
        return;
    const bool another = !m_picture || !m_filled || m_picture->id != m_filled->id;
    m_filled = m_picture;
    m_body->setVisible(m_picture != nullptr);
    if (!m_picture)
        return;
    m_stars->setRating(m_picture->rating);
    m_tags->setText(m_picture->tags.join(u", "_s));
    m_tags->setVisible(!m_picture->tags.isEmpty());
    m_tags->setAccessibleName(tr("Tags: %1").arg(m_tags->text()));
    if (another) { // else what is selected stays
        const QString negative = negativePrompt(m_models, *m_picture);
        m_prompt->setText(m_picture->prompt);
        m_prompt->setVisible(!m_picture->prompt.isEmpty());
        m_promptLabel->setVisible(!m_picture->prompt.isEmpty());
        m_negative->setText(negative);
        m_negative->setVisible(!negative.isEmpty());
        m_negativeLabel->setVisible(!negative.isEmpty());
    }
    DetailRows rows{{tr("Seed"), seedWords(*m_picture)}};
    rows += makingRows(m_models, *m_picture);
    rows += fileRows(*m_picture);
    m_table->setRows(rows);
    // A click in a text must not take the keys from the view.
    for (QWidget* part : m_body->findChildren<QWidget*>()) {
        if (part->focusPolicy() & Qt::ClickFocus)
            part->setFocusPolicy(Qt::TabFocus);
    }
    place(m_area);
}

void InfoOverlay::place(const QRect& area)
{
    m_area = area;
    const QRect room = area.adjusted(outside, outside, -outside, -outside);
    const int width =
        std::min(std::clamp(area.width() * 34 / 100, narrowest, widest), room.width());
    // The bar's room is kept free, so that its coming does not break the lines anew.
    const QMargins margins = layout()->contentsMargins();
    const int text = width - margins.left() - margins.right();
    m_body->layout()->activate();
    const int wanted = m_body->layout()->hasHeightForWidth()
                           ? m_body->layout()->totalHeightForWidth(text)
                           : m_body->layout()->totalSizeHint().height();
    const int height = std::min(wanted + margins.top() + margins.bottom(), room.height());
    setGeometry(room.right() + 1 - width, room.top(), width, std::max(0, height));
}

bool InfoOverlay::copySelection() const
{
    QString text;
    for (const auto* block : {m_prompt, m_negative}) {
        if (block->textCursor().hasSelection())
            text = block->textCursor().selection().toPlainText();
    }
    for (const auto* label : m_body->findChildren<QLabel*>()) {
        if (label->hasSelectedText())
            text = label->selectedText();
    }
    if (text.isEmpty() || !isVisible())
        return false;
    QGuiApplication::clipboard()->setText(text);
    return true;
}

QList<QWidget*> InfoOverlay::stops() const
{
    QList<QWidget*> all;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_stars, m_prompt, m_negative}) {
        if (widget->isVisible())
            all.append(widget);
    }
    return all;
}

// What it says became longer or shorter.
bool InfoOverlay::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_body && event->type() == QEvent::LayoutRequest && isVisible())
        place(m_area);
    return QWidget::eventFilter(watched, event);
}

void InfoOverlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QColor(255, 255, 255, 36));
    painter.setBrush(QColor(14, 14, 14, 226));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
}

// The picture behind must feel none of these.
void InfoOverlay::wheelEvent(QWheelEvent* event)
{
    event->accept();
}

void InfoOverlay::mousePressEvent(QMouseEvent* event)
{
    event->accept();
}

void InfoOverlay::mouseDoubleClickEvent(QMouseEvent* event)
{
    event->accept();
}

} // namespace seedbook

#include "moc_InfoOverlay.cpp"
