#include "widgets/gallery/FilterBar.h"

#include "widgets/common/Commands.h"
#include "widgets/common/FlowLayout.h"
#include "widgets/common/Icons.h"
#include "widgets/common/PlainWords.h"
#include "widgets/gallery/ChoiceMenu.h"
#include "widgets/gallery/DateRangeDialog.h"
#include "widgets/gallery/FilterText.h"

#include <QAction>
#include <QActionGroup>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype mostTags = 40;
constexpr qsizetype mostMonthsInOne = 12; // more are put by years
constexpr int leastSearchWidth = 170;
constexpr int mostSearchWidth = 420;

} // namespace

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_find(makeAction(Command::Find, this))
    , m_clear(makeAction(Command::ClearFilter, this))
    , m_jump(makeMenu(tr("Jump to"), &FilterBar::fillJump, this))
    , m_goToDate(makeAction(Command::GoToDate, this))
{
    auto* flow = new FlowLayout(4, this);
    flow->setContentsMargins(0, 0, 0, 0);
    m_search->setObjectName(u"search"_s);
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search prompts, tags, seeds"));
    m_search->setToolTip(plainTip(tipOf(Command::Find)));
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(longestText);
    m_search->addAction(themedIcon(u"search"), QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(leastSearchWidth);
    m_search->setMaximumWidth(mostSearchWidth);
    m_search->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_search->installEventFilter(this);
    flow->insertWidget(0, m_search);
    m_rating = addButton(tr("Rating"), &FilterBar::fillRatings);
    m_tags = addButton(tr("Tags"), &FilterBar::fillTags);
    m_shape = addButton(tr("Ratio"), &FilterBar::fillShapes);
    m_dates = addButton(tr("Date"), &FilterBar::fillDates);
    m_more = addButton(tr("More"), &FilterBar::fillMore);
    m_sort = addButton(tr("Sort"), &FilterBar::fillOrders);
    m_clearButton = new QToolButton(this);
    m_clearButton->setDefaultAction(m_clear);
    m_clearButton->setAutoRaise(true);
    m_clearButton->setToolButtonStyle(Qt::ToolButtonTextOnly);
    flow->insertWidget(flow->count(), m_clearButton);

    makeInto(m_jump->menuAction(), Command::DateMenu);
    connect(m_find, &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    m_clear->setIconText(tr("Clear")); // on the button
    m_clear->setToolTip(plainTip(tipOf(Command::ClearFilter)));
    connect(m_clear, &QAction::triggered, this, [this] { setFilter({}); });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        PictureFilter filter = m_filter;
        filter.text = text;
        setFilter(filter);
    });
    connect(m_search, &QLineEdit::inputRejected, this, &FilterBar::showTooLong);
    connect(m_goToDate, &QAction::triggered, this,
        [this] { m_jump->popup(m_dates->mapToGlobal(QPoint(0, m_dates->height()))); });
    showState();
}

ChoiceMenu* FilterBar::makeMenu(const QString& name, Filling fill, QWidget* parent)
{
    return new ChoiceMenu(
        name,
        [this, fill](
            ChoiceMenu& menu) { (this->*fill)(menu, m_facets ? m_facets() : PictureFacets{}); },
        parent);
}

QToolButton* FilterBar::addButton(const QString& name, Filling fill)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(name);
    button->setMenu(makeMenu(name, fill, button));
    auto* flow = static_cast<FlowLayout*>(layout());
    flow->insertWidget(flow->count(), button);
    return button;
}

void FilterBar::setFilter(const PictureFilter& wanted)
{
    PictureFilter filter = wanted;
    filter.text.truncate(longestText);
    if (!filter.text.isEmpty() && filter.text.back().isHighSurrogate())
        filter.text.chop(1); // its other half was cut off
    if (filter == m_filter)
        return;
    m_filter = filter;
    if (m_search->text() != m_filter.text)
        m_search->setText(m_filter.text);
    showState();
    Q_EMIT filterChanged(m_filter);
}

void FilterBar::setOrder(const PictureOrder& order)
{
    if (order == m_order)
        return;
    m_order = order;
    showState();
    Q_EMIT orderChanged(m_order);
}

void FilterBar::showTooLong()
{
    QToolTip::showText(m_search->mapToGlobal(QPoint(0, m_search->height())),
        plainTip(tr("Only the first %1 characters are looked for.")
                     .arg(QLocale().toString(longestText))),
        m_search);
}

void FilterBar::fillRatings(ChoiceMenu& menu, const PictureFacets& facets)
{
    auto* group = new QActionGroup(&menu);
    for (const RatingFilter rating :
        {RatingFilter::Any, RatingFilter::AtLeast1, RatingFilter::AtLeast2, RatingFilter::AtLeast3,
            RatingFilter::AtLeast4, RatingFilter::AtLeast5, RatingFilter::Unrated,
            RatingFilter::NotRejected, RatingFilter::Rejected}) {
        menu.addChoice(group, filterWords(rating), facets.ratings.at(std::size_t(rating)),
            rating == m_filter.rating, [this, rating] {
                PictureFilter filter = m_filter;
                filter.rating = rating;
                setFilter(filter);
            });
        if (rating == RatingFilter::Any || rating == RatingFilter::AtLeast5)
            menu.addSeparator();
    }
}

void FilterBar::fillTags(ChoiceMenu& menu, const PictureFacets& facets)
{
    QStringList tags = facets.tags.keys();
    std::sort(tags.begin(), tags.end(), [&facets](const QString& a, const QString& b) {
        const int first = facets.tags.value(a);
        const int second = facets.tags.value(b);
        return first != second ? first > second : a < b;
    });
    for (const QString& tag : m_filter.tags)
        tags.removeAll(tag);
    tags = m_filter.tags + tags.mid(0, mostTags);
    if (tags.isEmpty())
        menu.addAction(tr("No picture shown has a tag"))->setEnabled(false);
    for (const QString& tag : std::as_const(tags)) {
        QAction* action = menu.addChoice(
            nullptr, tag, facets.tags.value(tag), m_filter.tags.contains(tag), [this, &menu, tag] {
                PictureFilter filter = m_filter;
                if (!filter.tags.removeAll(tag))
                    filter.tags.append(tag);
                setFilter(filter);
                recountTags(menu);
            });
        action->setData(tag);
    }
    if (facets.tags.size() > mostTags) {
        menu.addSeparator();
        menu.addAction(tr("Others are found by their words in the search field"))
            ->setEnabled(false);
    }
}

// The menu is open still: each keeps its place.
void FilterBar::recountTags(ChoiceMenu& menu)
{
    const PictureFacets facets = m_facets ? m_facets() : PictureFacets{};
    for (QAction* action : menu.actions()) {
        const QString tag = action->data().toString();
        if (!tag.isEmpty())
            action->setText(ChoiceMenu::choiceText(tag, facets.tags.value(tag)));
    }
}

void FilterBar::fillShapes(ChoiceMenu& menu, const PictureFacets& facets)
{
    auto* group = new QActionGroup(&menu);
    int all = 0;
    for (const int count : facets.shapes)
        all += count;
    const auto choose = [this](std::optional<PictureShape> shape) {
        PictureFilter filter = m_filter;
        filter.shape = shape;
        setFilter(filter);
    };
    menu.addChoice(group, tr("Any ratio"), all, !m_filter.shape, [choose] { choose({}); });
    menu.addSeparator();
    for (int i = 0; i < shapeCount; ++i) {
        const auto shape = static_cast<PictureShape>(i);
        menu.addChoice(group, filterWords(shape), facets.shapes.at(std::size_t(i)),
            m_filter.shape == shape, [choose, shape] { choose(shape); });
    }
}

void FilterBar::fillMonths(
    QMenu& menu, const PictureFacets& facets, const std::function<void(const QDate& month)>& chosen)
{
    QList<QDate> months = facets.months.keys();
    std::sort(months.begin(), months.end(), std::greater<>());
    if (months.isEmpty())
        menu.addAction(tr("There are no pictures"))->setEnabled(false);
    const bool byYears = months.size() > mostMonthsInOne;
    QMenu* target = &menu;
    int year = 0;
    for (const QDate& month : std::as_const(months)) {
        if (byYears && month.year() != year) {
            year = month.year();
            target = menu.addMenu(QLocale().toString(month, u"yyyy"_s));
        }
        QAction* action =
            target->addAction(ChoiceMenu::choiceText(monthText(month), facets.months.value(month)));
        connect(action, &QAction::triggered, this, [chosen, month] { chosen(month); });
    }
}

void FilterBar::fillJump(ChoiceMenu& menu, const PictureFacets& facets)
{
    fillMonths(menu, facets,
        [this](const QDate& month) { Q_EMIT dateWanted(month.addMonths(1).addDays(-1)); });
}

void FilterBar::setDates(const QDate& from, const QDate& until)
{
    PictureFilter filter = m_filter;
    filter.from = from;
    filter.until = until;
    setFilter(filter);
}

void FilterBar::fillDates(ChoiceMenu& menu, const PictureFacets& facets)
{
    const QDate today = QDate::currentDate();
    auto* group = new QActionGroup(&menu);
    for (int i = 0; i < dateSpanCount; ++i) {
        const auto span = static_cast<DateSpan>(i);
        const QDate from = beginOf(span, today);
        menu.addChoice(group, filterWords(span), facets.spans.at(std::size_t(i)),
            m_filter.from == from && !m_filter.until.isValid(),
            [this, from] { setDates(from, {}); });
    }
    menu.addSeparator();
    fillMonths(*menu.addMenu(tr("A month")), facets,
        [this](const QDate& month) { setDates(month, month.addMonths(1).addDays(-1)); });
    menu.addAction(tr("From … until …"), this, &FilterBar::askForDates);
    menu.addSeparator();
    menu.addMenu(m_jump);
}

void FilterBar::askForDates()
{
    const QDate today = QDate::currentDate();
    auto* dialog =
        new DateRangeDialog(m_filter.from.isValid() ? m_filter.from : today.addMonths(-1),
            m_filter.until.isValid() ? m_filter.until : today, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
        [this, dialog] { setDates(dialog->from(), dialog->until()); });
    dialog->open();
}

void FilterBar::fillMore(ChoiceMenu& menu, const PictureFacets& facets)
{
    auto* origins = new QActionGroup(&menu);
    for (int i = 0; i < kindFilterCount; ++i) {
        const auto origin = static_cast<KindFilter>(i);
        menu.addChoice(origins, filterWords(origin), facets.origins.at(std::size_t(i)),
            origin == m_filter.origin, [this, origin] {
                PictureFilter filter = m_filter;
                filter.origin = origin;
                setFilter(filter);
            });
    }
    menu.addSeparator();
    const auto chooseFormat = [this](std::optional<ImageFormat> format) {
        PictureFilter filter = m_filter;
        filter.format = format;
        setFilter(filter);
    };
    auto* formats = new QActionGroup(&menu);
    int all = 0;
    for (const int count : facets.formats)
        all += count;
    menu.addChoice(
        formats, tr("Any format"), all, !m_filter.format, [chooseFormat] { chooseFormat({}); });
    for (const ImageFormat format : {ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Webp})
        menu.addChoice(formats, formatName(format).toUpper(),
            facets.formats.at(std::size_t(format)), m_filter.format == format,
            [chooseFormat, format] { chooseFormat(format); });
    menu.addSeparator();
    const auto chooseModel = [this](const std::optional<QString>& model) {
        PictureFilter filter = m_filter;
        filter.model = model;
        setFilter(filter);
    };
    auto* models = new QActionGroup(&menu);
    all = 0;
    for (const int count : facets.models)
        all += count;
    menu.addChoice(
        models, tr("Any model"), all, !m_filter.model, [chooseModel] { chooseModel({}); });
    QStringList names = facets.models.keys();
    if (m_filter.model && !names.contains(*m_filter.model))
        names.append(*m_filter.model);
    names.sort();
    for (const QString& name : std::as_const(names))
        menu.addChoice(models, modelWords(name), facets.models.value(name), m_filter.model == name,
            [chooseModel, name] { chooseModel(name); });
}

void FilterBar::fillOrders(ChoiceMenu& menu, const PictureFacets&)
{
    auto* keys = new QActionGroup(&menu);
    const auto add = [&](QActionGroup* group, const QString& text, const PictureOrder& order) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(order == m_order);
        connect(action, &QAction::triggered, this, [this, order] { setOrder(order); });
    };
    for (const OrderKey key :
        {OrderKey::Date, OrderKey::Rating, OrderKey::Seed, OrderKey::Price, OrderKey::Duration})
        add(keys, filterWords(key), {key, m_order.descending});
    menu.addSeparator();
    auto* directions = new QActionGroup(&menu);
    for (const bool descending : {true, false})
        add(directions, directionText(m_order.key, descending), {m_order.key, descending});
}

void FilterBar::showState()
{
    const auto show = [](QToolButton* button, const QString& value) {
        button->setText(value.isEmpty() ? button->accessibleName() : value);
        button->setChecked(!value.isEmpty());
        button->setAccessibleDescription(value);
        button->setToolTip(
            plainTip(value.isEmpty() ? value : tr("%1: %2").arg(button->accessibleName(), value)));
        button->updateGeometry();
    };
    show(m_rating, m_filter.rating == RatingFilter::Any ? QString() : filterWords(m_filter.rating));
    show(m_tags, tagWords(m_filter.tags));
    show(m_shape, m_filter.shape ? filterWords(*m_filter.shape) : QString());
    show(m_dates, dateWords(m_filter.from, m_filter.until, QDate::currentDate()));
    QStringList more;
    if (m_filter.origin != KindFilter::Any)
        more.append(filterWords(m_filter.origin));
    if (m_filter.format)
        more.append(formatName(*m_filter.format).toUpper());
    if (m_filter.model)
        more.append(modelWords(*m_filter.model));
    show(m_more, more.join(u" · "_s));
    show(m_sort, m_order == PictureOrder{} ? QString()
                                           : tr("%1: %2").arg(filterWords(m_order.key),
                                                 directionText(m_order.key, m_order.descending)));
    m_clear->setEnabled(!m_filter.isEmpty());
    m_clearButton->setVisible(!m_filter.isEmpty());
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        if (key == Qt::Key_Escape || key == Qt::Key_Down || key == Qt::Key_Return ||
            key == Qt::Key_Enter) {
            if (static_cast<QKeyEvent*>(event)->modifiers() & Qt::ControlModifier)
                return false; // it means something else, such as Generate
            Q_EMIT left();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace seedbook

#include "moc_FilterBar.cpp"
