#include "widgets/picture/FullView.h"

#include "core/Async.h"
#include "core/ErrorWords.h"
#include "library/ImageDecoder.h"
#include "widgets/common/Icons.h"
#include "widgets/common/Stars.h"
#include "widgets/picture/ImageCanvas.h"
#include "widgets/picture/PictureActions.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr QRgb ground = 0xff161616;
constexpr qsizetype decodedMemory =
    192 * 1024; // kilobytes: a picture, its neighbours and some more
constexpr qint64 mostPrefetchPixels = 12'000'000;
constexpr qreal zoomStep = 1.25;
constexpr int panStep = 80;
constexpr int barHeight = 48;

QPalette darkPalette(QPalette palette)
{
    const auto set = [&palette](QPalette::ColorRole role, QRgb rgb) {
        palette.setColor(QPalette::All, role, QColor(rgb));
    };
    set(QPalette::Window, ground);
    set(QPalette::WindowText, 0xffe4e4e4);
    set(QPalette::Base, 0xff111111);
    set(QPalette::AlternateBase, 0xff242424);
    set(QPalette::Text, 0xffe4e4e4);
    set(QPalette::PlaceholderText, 0xff9a9a9a);
    set(QPalette::Button, 0xff2c2c2c);
    set(QPalette::ButtonText, 0xffe4e4e4);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0xff606060));
    return palette;
}

} // namespace

FullView::FullView(GalleryModel& gallery, PictureActions& actions, QWidget* window)
    : QWidget(window)
    , m_gallery(gallery)
    , m_actions(actions)
    , m_canvas(new ImageCanvas(this))
    , m_bar(new QWidget(this))
    , m_seed(new QLabel(m_bar))
    , m_zoom(new QLabel(m_bar))
    , m_decoded(decodedMemory)
{
    setAccessibleName(tr("Full view"));
    setFocusPolicy(Qt::StrongFocus);
    setPalette(darkPalette(palette()));
    buildBar();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_canvas, 1);
    layout->addWidget(m_bar);
    hide();
    window->installEventFilter(this);
    connect(m_canvas, &ImageCanvas::zoomChanged, this, &FullView::showZoom);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_gallery, signal, this, &FullView::updateNeighbours);
    connect(&m_gallery, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
            if (!roles.isEmpty() && !roles.contains(GalleryModel::PictureRole))
                return;
            // A card became a picture, or this one was rated.
            updateNeighbours();
            const PicturePtr now = m_gallery.picture(m_current);
            if (isVisible() && now && m_picture && now != m_picture) {
                m_picture = now;
                showLine();
            }
        });
    // Where the picture that is shown goes, the next one is shown, else the one before.
    connect(&m_gallery, &QAbstractItemModel::rowsAboutToBeRemoved, this,
        [this](const QModelIndex&, int first, int last) {
            if (!isVisible() || m_current.row() < first || m_current.row() > last)
                return;
            const QModelIndex older = m_gallery.neighbour(m_gallery.index(last), 1);
            m_following = older.isValid() ? older : m_gallery.neighbour(m_gallery.index(first), -1);
        });
    addActions(m_actions.ratings()); // for their keys
    addAction(m_actions.trash());
    connect(qApp, &QApplication::focusChanged, this,
        [this](QWidget*, QWidget* now) { followFocus(now); });
}

FullView::~FullView()
{
    // The focus leaves its children while they go, when this is no full view any more.
    disconnect(qApp, nullptr, this, nullptr);
}

QToolButton* FullView::addButton(
    const QString& text, QStringView icon, const QString& name, const QString& toolTip)
{
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
    button->setToolTip(toolTip);
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
    m_previous =
        addButton(u"‹"_s, u"previous", tr("Previous picture"), tr("The newer picture (Left)"));
    m_next = addButton(u"›"_s, u"next", tr("Next picture"), tr("The older picture (Right)"));
    row->addSpacing(16);
    auto* fit = addButton(tr("Fit"), {}, tr("Fit"), tr("The whole picture (F)"));
    auto* whole = addButton(
        tr("100 %"), {}, tr("100 %"), tr("One pixel of the picture to one of the screen (Z)"));
    auto* smaller = addButton(u"−"_s, {}, tr("Zoom out"), tr("Smaller (−)"));
    row->addWidget(m_zoom);
    auto* larger = addButton(u"+"_s, {}, tr("Zoom in"), tr("Larger (+)"));
    auto* right = new QWidget(m_bar);
    auto* rightRow = new QHBoxLayout(right);
    rightRow->setContentsMargins(0, 0, 0, 0);
    rightRow->addStretch(1);
    row->addWidget(right, 1);
    auto* close = addButton(tr("Close"), u"close", tr("Close"), tr("Back to the gallery (Esc)"));
    rightRow->addWidget(close);

    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(fit, &QToolButton::clicked, m_canvas, &ImageCanvas::fit);
    connect(whole, &QToolButton::clicked, m_canvas, &ImageCanvas::actualSize);
    connect(smaller, &QToolButton::clicked, m_canvas, [this] { m_canvas->zoomBy(1 / zoomStep); });
    connect(larger, &QToolButton::clicked, m_canvas, [this] { m_canvas->zoomBy(zoomStep); });
    connect(close, &QToolButton::clicked, this, &FullView::leave);
}

void FullView::open(const QModelIndex& index)
{
    if (!m_gallery.picture(index))
        return;
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    raise();
    show();
    setFocus();
    showPicture(index);
}

void FullView::leave()
{
    if (!isVisible())
        return;
    QPointer<QWidget> before = m_focusBefore;
    hide();
    m_decoded.clear();
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

void FullView::step(int direction)
{
    const QModelIndex next = m_gallery.neighbour(m_current, direction);
    if (next.isValid())
        showPicture(next);
}

void FullView::showPicture(const QModelIndex& index)
{
    m_current = index;
    m_picture = m_gallery.picture(index);
    showLine();
    m_canvas->setPicture(m_picture->size, m_gallery.thumbnail(m_picture->id));
    if (const QImage* image = m_decoded.object(m_picture->id)) {
        m_canvas->setImage(*image);
        prefetch();
    } else {
        decode(m_picture);
    }
    updateNeighbours();
    Q_EMIT shown(m_current);
}

void FullView::showLine()
{
    const QString seed = m_picture->seedText();
    QStringList words{seed.isEmpty() ? tr("Seed not known") : tr("Seed %1").arg(seed)};
    if (m_picture->practice)
        words.append(tr("practice"));
    // Stars that all can read; the words are in the accessible text.
    if (m_picture->rating > 0)
        words.append(QString(m_picture->rating, u'★'));
    else if (m_picture->rating < 0)
        words.append(u"✕ "_s + ratingWords(m_picture->rating));
    m_seed->setText(words.join(u" · "_s));
    m_canvas->setAccessibleDescription(
        QModelIndex(m_current).data(Qt::AccessibleTextRole).toString());
}

void FullView::decode(const PicturePtr& picture)
{
    if (m_decoding.contains(picture->id))
        return;
    m_decoding.insert(picture->id);
    whenDone(decodePictureLater(picture->path), this, [this, picture](const Result<QImage>& image) {
        m_decoding.remove(picture->id);
        if (isVisible())
            take(picture, image);
    });
}

void FullView::take(const PicturePtr& picture, const Result<QImage>& image)
{
    if (image)
        m_decoded.insert(picture->id, new QImage(*image), image->sizeInBytes() / 1024 + 1);
    if (picture->id != m_picture->id)
        return;
    if (image)
        m_canvas->setImage(*image);
    else
        m_canvas->setFailure(sentence(image.error()));
    prefetch();
}

void FullView::prefetch()
{
    for (const int direction : {1, -1}) {
        const PicturePtr picture = m_gallery.picture(m_gallery.neighbour(m_current, direction));
        if (picture && !m_decoded.contains(picture->id) &&
            qint64{picture->size.width()} * picture->size.height() <= mostPrefetchPixels)
            decode(picture);
    }
}

void FullView::updateNeighbours()
{
    if (!isVisible())
        return;
    if (!m_current.isValid()) {
        const QModelIndex following = std::exchange(m_following, {});
        if (m_gallery.picture(following))
            showPicture(following);
        else
            leave();
        return;
    }
    m_previous->setEnabled(m_gallery.neighbour(m_current, -1).isValid());
    m_next->setEnabled(m_gallery.neighbour(m_current, 1).isValid());
}

void FullView::showZoom()
{
    if (!m_canvas->failure().isEmpty()) {
        m_zoom->clear();
        return;
    }
    const qreal percent = m_canvas->view().zoom() * 100;
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
    switch (event->key()) {
    case Qt::Key_Left:
        step(-1);
        return;
    case Qt::Key_Right:
        step(1);
        return;
    case Qt::Key_Up:
        m_canvas->pan({0, panStep});
        return;
    case Qt::Key_Down:
        m_canvas->pan({0, -panStep});
        return;
    case Qt::Key_Escape:
        leave();
        return;
    case Qt::Key_F:
        m_canvas->fit();
        return;
    case Qt::Key_Z:
        m_canvas->actualSize();
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_canvas->zoomBy(zoomStep);
        return;
    case Qt::Key_Minus:
        m_canvas->zoomBy(1 / zoomStep);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void FullView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), QColor(ground));
}

void FullView::mousePressEvent(QMouseEvent* event)
{
    event->accept(); // what is covered must not feel it
}

// Tab goes round among the bar's buttons: what is covered cannot be reached.
bool FullView::focusNextPrevChild(bool next)
{
    QList<QWidget*> stops{this};
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
