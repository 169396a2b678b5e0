#include "bench/Searching.h"

#include "bench/GalleryData.h"
#include "bench/Measure.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/live/PictureListModel.h"

#include <QCoreApplication>
#include <QKeyEvent>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook::bench {

namespace {

constexpr double quietMs = 300; // after which nothing is taken to come
constexpr double unchangedMs = 2000;
constexpr double giveUpMs = 20'000;
constexpr int rounds = 3; // a median of two is the larger one

} // namespace

Searching::Searching(QLineEdit& field, GalleryView& view, int count)
    : QObject(&view)
    , m_field(field)
    , m_view(view)
    , m_model(*qobject_cast<PictureListModel*>(view.model()))
{
    const auto word = [&](const char* kind, const QString& text) {
        m_queries.append({kind, text, promptsWith(text, count), true});
    };
    const auto any = [&](const char* kind, const QString& text, int least = 0) {
        m_queries.append({kind, text, least});
    };
    for (const QString& text : {u"lighthouse"_s, u"moonlight"_s, u"watercolour"_s, u"heron"_s})
        word("long-many", text);
    for (const QString& text : {u"quokka"_s, u"一条鲸鱼"_s})
        word("long-few", text);
    for (const QString& text : {u"zebrafish"_s, u"xylophone"_s, u"没有这个"_s})
        word("long-none", text);
    for (const QString& text :
        {u"\"paint peeling\""_s, u"fox*"_s, u"fox NEAR heron"_s, u"fox NEAR(heron, 2)"_s,
            u"\"\"\""_s, u"***"_s, u"fox AND NOT heron"_s, u"(fox"_s, u"prompt:fox"_s})
        any("long-signs", text);
    any("long-megabyte", u"lighthouse "_s.repeated((1 << 20) / 11));
    any("long-megabyte", QString(1 << 20, u'海'));
    for (const QString& text : {u"海"_s, u"雪"_s, u"鲸"_s, u"灯塔"_s})
        any("short-Chinese", text, promptsWith(text, count));
    for (const QString& text :
        {u"qu"_s, u"li"_s, u"fo"_s, u"e"_s, u"zz"_s, u"7"_s, u"\""_s, u"*"_s})
        any("short-letters", text);
    for (const QString& words : {u"lighthouse at dusk"_s, u"quokka"_s, u"greenhouse, fog"_s}) {
        for (qsizetype i = 0; i < words.size(); ++i)
            m_queries.append(
                {i < 2 ? "short-typed" : "long-typed", words.mid(i, 1), 0, false, i > 0});
    }
    const auto once = m_queries;
    for (int round = 1; round < rounds; ++round)
        m_queries += once;

    const auto changed = [this] {
        ++m_listing;
        m_changed = m_quietSince = monotonicMs();
        m_painted = m_complete = -1;
    };
    connect(&m_model, &QAbstractItemModel::modelReset, this, changed);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, changed);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, changed);
    connect(&m_model, &QAbstractItemModel::layoutChanged, this, changed);
    view.viewport()->installEventFilter(this);
    connect(&m_look, &QTimer::timeout, this, &Searching::look);
}

void Searching::startSoon()
{
    QTimer::singleShot(1s, this, [this] {
        m_field.setFocus();
        m_look.start(20ms);
        next();
    });
}

void Searching::next()
{
    if (++m_current == m_queries.size()) {
        QCoreApplication::exit();
        return;
    }
    m_pressed = -1;
    m_quietSince = monotonicMs();
    if (!m_queries.at(m_current).goesOn)
        m_field.clear();
}

void Searching::press()
{
    m_changed = m_painted = m_complete = -1;
    // Made beforehand: a key press has its text.
    QKeyEvent event(
        QEvent::KeyPress, Qt::Key_unknown, Qt::NoModifier, m_queries.at(m_current).text);
    m_pressed = monotonicMs();
    QCoreApplication::sendEvent(&m_field, &event);
}

void Searching::look()
{
    const double now = monotonicMs();
    if (m_pressed < 0) {
        if (now - m_quietSince >= quietMs)
            press();
        return;
    }
    if (now - m_pressed > giveUpMs)
        qFatal("the results of “%s” are never painted",
            qPrintable(m_queries.at(m_current).text.left(40)));
    if (m_changed < 0) {
        if (now - m_pressed < unchangedMs)
            return;
        tell("unchanged", 1);
        finish();
    } else if (m_painted >= 0 && now - m_changed >= quietMs &&
               (m_complete >= 0 || now - m_painted >= unchangedMs)) {
        tell(m_queries.at(m_current).kind, m_painted - m_pressed);
        if (m_complete >= 0)
            tell("thumbnails", m_complete - m_pressed);
        finish();
    }
}

// What is painted is told of once the painting is done, and only if it still is what is listed.
bool Searching::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint)
        QMetaObject::invokeMethod(
            this,
            [this, listing = m_listing] {
                if (listing == m_listing)
                    takePaint();
            },
            Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

// Looks at what was found.
void Searching::finish()
{
    const Query& query = m_queries.at(m_current);
    const int found = m_model.rowCount();
    if (found < query.least || (query.exact && found != query.least)) {
        tell("wrong", 1);
        qWarning("“%s” finds %d pictures, and there are %d", qPrintable(query.text.left(40)), found,
            query.least);
    }
    next();
}

void Searching::takePaint()
{
    const double now = monotonicMs();
    if (m_pressed < 0 || m_changed < 0)
        return;
    if (m_painted < 0 && isPainted(false))
        m_painted = now;
    if (m_complete < 0 && isPainted(true))
        m_complete = now;
}

bool Searching::isPainted(bool withThumbnails) const
{
    const QList<int> rows = m_view.visibleRows();
    return std::ranges::all_of(rows, [this, withThumbnails](int row) {
        const PicturePtr picture = m_model.picture(m_model.index(row));
        return picture && !(withThumbnails && m_model.live().thumbnail(picture->id).isNull());
    });
}

} // namespace seedbook::bench
