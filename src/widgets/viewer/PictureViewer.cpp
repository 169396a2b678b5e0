#include "widgets/viewer/PictureViewer.h"

#include "core/Counts.h"
#include "core/ErrorText.h"
#include "core/PictureFacts.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/Commands.h"
#include "widgets/common/Stars.h"
#include "widgets/viewer/DecodedPictures.h"
#include "widgets/viewer/ImageCanvas.h"
#include "widgets/viewer/InfoOverlay.h"
#include "widgets/viewer/OverlayLine.h"

#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qreal zoomStep = 1.25;
constexpr int panStep = 80;

} // namespace

QPalette PictureViewer::darkPalette(QPalette palette)
{
    const auto set = [&palette](QPalette::ColorRole role, QRgb rgb) {
        palette.setColor(QPalette::All, role, QColor(rgb));
    };
    set(QPalette::Window, 0xff161616);
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

PictureViewer::PictureViewer(const ViewerContext& parts, QWidget* parent)
    : QWidget(parent)
    , m_selection(parts.selection)
    , m_actions(parts.actions)
    , m_decoded(parts.decoded)
    , m_pictureOf(parts.pictureOf)
    , m_canvas(new ImageCanvas(this))
    , m_info(new InfoOverlay(parts.models, parts.actions, this))
    , m_message(new OverlayLine(this))
{
    if (!m_pictureOf)
        m_pictureOf = [this](const QModelIndex& index) { return m_list->picture(index); };
    connect(&m_decoded, &DecodedPictures::decoded, this, &PictureViewer::take);
    connect(&m_decoded, &DecodedPictures::failed, this,
        [this](const PicturePtr& picture, const Error& error) {
            if (m_picture == picture)
                m_canvas->setFailure(sentence(error));
        });
    connect(&m_actions, &PictureActions::message, this, &PictureViewer::say);
    connect(&m_actions, &PictureActions::ratingRequested, this,
        [this](const QList<PicturePtr>& pictures, int rating) {
            if (!m_isSet || !isVisible() || !isActiveWindow())
                return;
            const int count = pluralOf(pictures.size());
            m_message->say(rating > 0 ? tr("%1, for the %Ln selected picture(s)", nullptr, count)
                                            .arg(QString(rating, u'★'))
                           : rating < 0
                               ? tr("Rejected, for the %Ln selected picture(s)", nullptr, count)
                               : tr("No rating, for the %Ln selected picture(s)", nullptr, count),
                false);
        });
}

void PictureViewer::setList(PictureListModel* list)
{
    if (list == m_list)
        return;
    if (m_list)
        m_list->disconnect(this);
    m_list = list;
    if (!m_list)
        return;
    connect(m_list, &QAbstractItemModel::rowsAboutToBeRemoved, this,
        [this](const QModelIndex&, int first, int last) { beforeRemoval(first, last); });
    connect(m_list, &QAbstractItemModel::rowsRemoved, this, &PictureViewer::afterRemoval);
    connect(m_list, &QAbstractItemModel::modelAboutToBeReset, this, &PictureViewer::beforeReset);
    connect(m_list, &QAbstractItemModel::modelReset, this, &PictureViewer::afterReset);
    const auto neighboursChanged = [this] {
        if (!m_isSet)
            return;
        request();
        Q_EMIT told();
    };
    connect(m_list, &QAbstractItemModel::rowsInserted, this, neighboursChanged);
    connect(m_list, &QAbstractItemModel::layoutChanged, this, neighboursChanged);
    connect(m_list, &QAbstractItemModel::rowsMoved, this, neighboursChanged);
    connect(m_list, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
            if (roles.isEmpty() || roles.contains(PictureListModel::PictureRole))
                follow();
        });
}

PictureViewer::~PictureViewer()
{
    m_decoded.release(this);
}

void PictureViewer::say(const QString& words, bool isError)
{
    if (m_isSet && isVisible() && isActiveWindow())
        m_message->say(words, isError);
}

void PictureViewer::setCurrent(const QModelIndex& index)
{
    m_isSet = index.isValid();
    m_going = false;
    if (!m_isSet) {
        clear();
        return;
    }
    const bool another = m_current != index;
    setList(m_selection.list());
    m_current = index;
    if (!another) {
        follow();
        return;
    }
    if (!m_keepsMessage)
        m_message->leave();
    m_picture.reset();
    showPicture(m_pictureOf(m_current));
}

void PictureViewer::clear()
{
    m_isSet = false;
    m_current = QModelIndex();
    setList(nullptr);
    m_picture.reset();
    m_canvas->setPicture({}, {});
    m_info->setPicture({});
    m_message->leave();
    m_decoded.release(this);
    Q_EMIT told();
}

// What the row holds may be another picture, another state of the same, or not loaded any more.
void PictureViewer::follow()
{
    if (!m_isSet)
        return;
    const PicturePtr now = m_pictureOf(m_current);
    if (now == m_picture || (!now && m_picture)) {
        request(); // a neighbour may have been loaded
        Q_EMIT told();
        return;
    }
    if (!m_picture || now->id != m_picture->id) {
        showPicture(now);
        return;
    }
    // It was rated, most of the time; its pixels stay as they are.
    const PicturePtr before = std::exchange(m_picture, now);
    if (!DecodedPictures::isSame(*before, *now))
        m_decoded.drop(now->id);
    m_info->setPicture(now);
    describe();
    request();
    Q_EMIT told();
}

void PictureViewer::showPicture(const PicturePtr& picture)
{
    const bool same = picture && picture == m_picture;
    m_picture = picture;
    m_info->setPicture(picture);
    if (!picture) {
        if (m_list && m_list->job(m_current))
            m_canvas->setNote(tr("This picture is not there yet."));
        else
            m_canvas->setPicture({}, {}); // until it is loaded
    } else if (!same) {
        m_canvas->setPicture(picture->size, m_list->live().thumbnail(picture->id));
        if (const QImage* image = m_decoded.find(*picture))
            m_canvas->setImage(*image);
    }
    describe();
    request();
    Q_EMIT told();
}

void PictureViewer::describe()
{
    m_canvas->setAccessibleDescription(
        QModelIndex(m_current).data(Qt::AccessibleTextRole).toString());
}

void PictureViewer::request()
{
    QList<PicturePtr> wanted;
    if (m_picture)
        wanted.append(m_picture);
    const auto ahead = [&](const QModelIndex& index) {
        if (const PicturePtr picture = m_pictureOf(index)) // null: asked for by that
            wanted.append(picture);
        return index;
    };
    if (m_current.isValid()) {
        ahead(neighbour(ahead(neighbour(m_current, m_direction)), m_direction));
        ahead(neighbour(m_current, -m_direction));
    }
    m_decoded.want(this, wanted);
}

void PictureViewer::take(const PicturePtr& picture, const QImage& image)
{
    if (m_picture && m_picture->id == picture->id && m_picture->path == picture->path)
        m_canvas->setImage(image);
}

QString PictureViewer::line() const
{
    if (!m_picture)
        return {};
    const QString seed = m_picture->seedText();
    QStringList words;
    if (!seed.isEmpty())
        words.append(tr("Seed %1").arg(seed));
    else if (isForeign(*m_picture))
        words.append(tr("Seed not known"));
    if (m_picture->practice)
        words.append(tr("practice"));
    // Stars that all can read; the words are in the accessible text.
    if (m_picture->rating > 0)
        words.append(QString(m_picture->rating, u'★'));
    else if (m_picture->rating < 0)
        words.append(u"✕ "_s + ratingText(m_picture->rating));
    return words.join(u" · "_s);
}

QModelIndex PictureViewer::neighbour(const QModelIndex& from, int direction) const
{
    return m_list && from.isValid() ? m_list->neighbour(from, direction) : QModelIndex();
}

bool PictureViewer::canStep(int direction) const
{
    return neighbour(m_current, direction).isValid();
}

void PictureViewer::step(int direction)
{
    const QModelIndex next = neighbour(m_current, direction);
    if (!next.isValid())
        return;
    m_direction = direction;
    setCurrent(next);
    Q_EMIT stepped(next);
}

void PictureViewer::goToEnd(int direction)
{
    const int last = m_list ? m_list->rowCount() - 1 : -1;
    if (last < 0)
        return;
    QModelIndex end = m_list->index(direction < 0 ? 0 : last);
    if (m_list->job(end))
        end = neighbour(end, -direction);
    if (!end.isValid() || end == m_current)
        return;
    m_direction = -direction;
    setCurrent(end);
    Q_EMIT stepped(end);
}

void PictureViewer::beforeRemoval(int first, int last)
{
    if (!m_isSet || m_current.row() < first || m_current.row() > last)
        return;
    m_going = true;
    m_successor = neighbour(m_list->index(last), 1);
    if (!m_successor.isValid())
        m_successor = neighbour(m_list->index(first), -1);
}

void PictureViewer::afterRemoval()
{
    if (!m_isSet)
        return;
    if (std::exchange(m_going, false)) {
        const QModelIndex next = std::exchange(m_successor, {});
        // What was said about the one that went is for the person, not for that picture.
        const QScopedValueRollback keep(m_keepsMessage, true);
        Q_EMIT removed(next);
        return;
    }
    request();
    Q_EMIT told();
}

void PictureViewer::beforeReset()
{
    m_lookFor.clear();
    m_rowBefore = m_current.row();
    if (m_picture)
        m_lookFor.append(m_picture->id);
    for (const int direction : {1, -1}) {
        if (const PicturePtr picture = m_pictureOf(neighbour(m_current, direction)))
            m_lookFor.append(picture->id);
    }
}

void PictureViewer::afterReset()
{
    if (!m_isSet)
        return;
    const QList<QUuid> lookFor = std::exchange(m_lookFor, {});
    for (const QUuid& id : lookFor) {
        const QModelIndex index = m_list->indexOf(id);
        if (!index.isValid())
            continue;
        if (m_picture && id == m_picture->id) {
            m_current = index;
            follow();
        } else {
            Q_EMIT removed(index);
        }
        return;
    }
    // Nothing around it is left: what is in its place, or the nearest to it.
    QModelIndex next;
    if (m_list->rowCount() > 0) {
        next = m_list->index(std::clamp(m_rowBefore, 0, m_list->rowCount() - 1));
        if (m_list->job(next)) {
            const QModelIndex tile = next;
            next = neighbour(tile, 1);
            if (!next.isValid())
                next = neighbour(tile, -1);
        }
    }
    Q_EMIT removed(next);
}

void PictureViewer::setInfoShown(bool shown)
{
    if (shown == m_infoShown)
        return;
    m_infoShown = shown;
    m_info->place(rect());
    m_info->setVisible(shown);
    m_info->raise();
    m_message->raise();
    Q_EMIT infoShownChanged(shown);
}

void PictureViewer::zoom(bool in)
{
    m_canvas->zoomBy(in ? zoomStep : 1 / zoomStep);
}

bool PictureViewer::handleKey(const QKeyEvent& event)
{
    if (event.matches(QKeySequence::Copy))
        return m_info->copySelection();
    const auto is = [&event](Command command) { return isKeyOf(event, command); };
    if (is(Command::Previous))
        step(-1);
    else if (is(Command::Next))
        step(1);
    else if (is(Command::First))
        goToEnd(-1);
    else if (is(Command::Last))
        goToEnd(1);
    else if (is(Command::PanUp))
        m_canvas->pan({0, panStep});
    else if (is(Command::PanDown))
        m_canvas->pan({0, -panStep});
    else if (is(Command::Fit))
        m_canvas->fit();
    else if (is(Command::ActualSize))
        m_canvas->actualSize();
    else if (is(Command::ZoomIn))
        zoom(true);
    else if (is(Command::ZoomOut))
        zoom(false);
    else if (!is(Command::ShowInfo))
        return false;
    else if (!event.isAutoRepeat())
        setInfoShown(!m_infoShown);
    return true;
}

void PictureViewer::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeOverlays();
}

void PictureViewer::placeOverlays()
{
    m_canvas->setGeometry(rect());
    m_info->place(rect());
    m_message->place(rect());
}

void PictureViewer::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::BackButton)
        step(-1);
    else if (event->button() == Qt::ForwardButton)
        step(1);
    event->accept(); // what is covered must not feel it
}

void PictureViewer::contextMenuEvent(QContextMenuEvent* event)
{
    showMenu(event->globalPos());
}

void PictureViewer::showMenu(const QPoint& globalPosition)
{
    if (!m_picture)
        return;
    auto* menu = new QMenu(window());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions.fill(*menu);
    menu->popup(globalPosition);
}

} // namespace seedbook

#include "moc_PictureViewer.cpp"
