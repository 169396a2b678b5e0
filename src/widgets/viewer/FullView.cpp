#include "widgets/viewer/FullView.h"

#include "widgets/actions/PictureActions.h"
#include "widgets/common/Commands.h"
#include "widgets/common/Icons.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/viewer/ImageCanvas.h"
#include "widgets/viewer/InfoOverlay.h"
#include "widgets/viewer/PictureViewer.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int barHeight = 48;

} // namespace

FullView::FullView(const ViewerContext& parts, QAction* secondWindow, QWidget* window)
    : QWidget(window)
    , m_secondWindow(secondWindow)
    , m_viewer(new PictureViewer(parts, this))
    , m_bar(new QWidget(this))
    , m_seed(new PlainLabel(m_bar))
    , m_zoom(new PlainLabel(m_bar))
{
    setAccessibleName(tr("Full view"));
    setFocusPolicy(Qt::StrongFocus);
    setPalette(PictureViewer::darkPalette(palette()));
    buildBar();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_viewer, 1);
    layout->addWidget(m_bar);
    hide();
    window->installEventFilter(this);
    connect(canvas(), &ImageCanvas::zoomChanged, this, &FullView::showZoom);
    connect(m_viewer, &PictureViewer::told, this, &FullView::showState);
    connect(m_viewer, &PictureViewer::stepped, this, &FullView::shown);
    connect(m_viewer, &PictureViewer::removed, this, [this](const QModelIndex& next) {
        if (next.isValid())
            showPicture(next);
        else
            leave();
    });
    addActions(parts.actions.keyActions());
    connect(qApp, &QApplication::focusChanged, this,
        [this](QWidget*, QWidget* now) { followFocus(now); });
}

FullView::~FullView()
{
    // The focus leaves its children while they go, when this is no full view any more.
    disconnect(qApp, nullptr, this, nullptr);
}

QToolButton* FullView::addButton(const QString& text, const QString& name, Command command)
{
    const QStringView icon = iconOf(command);
    auto* button = new QToolButton(m_bar);
    button->setText(text);
    if (!icon.isEmpty())
        button->setIcon(themedIcon(icon, QPalette::HighlightedText));
    button->setToolButtonStyle(
        button->icon().isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly);
    button->setIconSize({18, 18});
    button->setMinimumSize(34, 32);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys where they work
    button->setAccessibleName(name);
    button->setToolTip(plainTip(tipOf(command)));
    m_bar->layout()->addWidget(button);
    return button;
}

void FullView::buildBar()
{
    m_bar->setFixedHeight(barHeight);
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(14, 0, 8, 4);
    row->setSpacing(4);
    m_seed->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_seed->setForegroundRole(QPalette::PlaceholderText);
    m_zoom->setAccessibleName(tr("Zoom"));
    m_zoom->setAlignment(Qt::AlignCenter);
    m_zoom->setMinimumWidth(fontMetrics().horizontalAdvance(u"1600 %"_s) + 8);

    // Equal outer parts keep the middle one in the middle.
    auto* left = new QWidget(m_bar);
    auto* leftRow = new QHBoxLayout(left);
    leftRow->setContentsMargins(0, 0, 0, 0);
    leftRow->addWidget(m_seed);
    leftRow->addStretch(1);
    row->addWidget(left, 1);
    m_previous = addButton(u"‹"_s, tr("Previous picture"), Command::Previous);
    m_next = addButton(u"›"_s, tr("Next picture"), Command::Next);
    row->addSpacing(16);
    auto* fit = addButton(tr("Fit"), tr("Fit"), Command::Fit);
    auto* whole = addButton(tr("100 %"), tr("100 %"), Command::ActualSize);
    auto* smaller = addButton(u"−"_s, tr("Zoom out"), Command::ZoomOut);
    row->addWidget(m_zoom);
    auto* larger = addButton(u"+"_s, tr("Zoom in"), Command::ZoomIn);
    auto* right = new QWidget(m_bar);
    auto* rightRow = new QHBoxLayout(right);
    rightRow->setContentsMargins(0, 0, 0, 0);
    rightRow->setSpacing(4);
    rightRow->addStretch(1);
    row->addWidget(right, 1);
    m_info = addButton(tr("Information"), tr("Information"), Command::ShowInfo);
    m_info->setCheckable(true);
    auto* second = addButton(tr("Second window"), tr("Second window"), Command::ViewOnSecond);
    second->setCheckable(true);
    auto* close = addButton(tr("Close"), tr("Close"), Command::Leave);
    for (QToolButton* button : {m_info, second, close})
        rightRow->addWidget(button);

    connect(m_previous, &QToolButton::clicked, this, [this] { m_viewer->step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_viewer->step(1); });
    connect(fit, &QToolButton::clicked, canvas(), &ImageCanvas::fit);
    connect(whole, &QToolButton::clicked, canvas(), &ImageCanvas::actualSize);
    connect(smaller, &QToolButton::clicked, m_viewer, [this] { m_viewer->zoom(false); });
    connect(larger, &QToolButton::clicked, m_viewer, [this] { m_viewer->zoom(true); });
    connect(m_info, &QToolButton::toggled, m_viewer, &PictureViewer::setInfoShown);
    connect(m_viewer, &PictureViewer::infoShownChanged, m_info, &QToolButton::setChecked);
    connect(second, &QToolButton::clicked, m_secondWindow, &QAction::trigger);
    connect(m_secondWindow, &QAction::toggled, second, &QToolButton::setChecked);
    connect(close, &QToolButton::clicked, this, &FullView::leave);
}

QModelIndex FullView::current() const
{
    return m_viewer->current();
}

ImageCanvas* FullView::canvas() const
{
    return m_viewer->canvas();
}

void FullView::open(const QModelIndex& index)
{
    if (!index.isValid() || index.data(PictureListModel::JobRole).value<JobPtr>())
        return;
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    raise();
    show();
    setFocus();
    showPicture(index);
}

void FullView::follow(const QModelIndex& index)
{
    if (isVisible() && index.isValid() && index != current() &&
        !index.data(PictureListModel::JobRole).value<JobPtr>())
        m_viewer->setCurrent(index);
}

void FullView::leave()
{
    if (!isVisible())
        return;
    QPointer<QWidget> before = m_focusBefore;
    hide();
    m_viewer->clear();
    if (before && before->isVisible())
        before->setFocus();
    Q_EMIT closed();
}

// Somebody sent the focus below, to the prompt for one: then that is what the person wants to see.
void FullView::followFocus(QWidget* now)
{
    if (!isVisible() || !now || now == this || isAncestorOf(now) || now->window() != window())
        return;
    m_focusBefore = now;
    leave();
}

void FullView::showPicture(const QModelIndex& index)
{
    m_viewer->setCurrent(index);
    Q_EMIT shown(index);
}

void FullView::showState()
{
    m_seed->setText(m_viewer->line());
    m_previous->setEnabled(m_viewer->canStep(-1));
    m_next->setEnabled(m_viewer->canStep(1));
}

void FullView::showZoom()
{
    if (!canvas()->failure().isEmpty() || canvas()->view().picture().isEmpty()) {
        m_zoom->clear();
        return;
    }
    const qreal percent = canvas()->view().zoom() * 100;
    m_zoom->setText(tr("%1 %").arg(QString::number(percent, 'f', percent < 10 ? 1 : 0)));
}

bool FullView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void FullView::keyPressEvent(QKeyEvent* event)
{
    if (m_viewer->handleKey(*event))
        return;
    if (isKeyOf(*event, Command::Leave))
        leave();
    else if (isKeyOf(*event, Command::ViewOnSecond) && !event->modifiers() &&
             !event->isAutoRepeat())
        m_secondWindow->trigger();
    else
        QWidget::keyPressEvent(event);
}

void FullView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
}

void FullView::mousePressEvent(QMouseEvent* event)
{
    event->accept(); // what is covered must not feel it
}

// Tab goes round among the bar's buttons and the texts: what is covered cannot be reached.
bool FullView::focusNextPrevChild(bool next)
{
    QList<QWidget*> stops{this};
    stops += m_viewer->info()->stops();
    for (QToolButton* button : m_bar->findChildren<QToolButton*>()) {
        if (button->isEnabled())
            stops.append(button);
    }
    const qsizetype at = std::max<qsizetype>(0, stops.indexOf(QApplication::focusWidget()));
    const qsizetype to = (at + (next ? 1 : stops.size() - 1)) % stops.size();
    stops.at(to)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace seedbook

#include "moc_FullView.cpp"
