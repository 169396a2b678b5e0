#include "widgets/output/ExportBar.h"

#include "core/Async.h"
#include "core/ErrorText.h"
#include "widgets/actions/FileManager.h"
#include "widgets/common/Icons.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PressGuard.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QtConcurrentRun>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr std::chrono::seconds shownFor{12};
constexpr qsizetype mostNamed = 3;

} // namespace

ExportBar::ExportBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new PlainLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_open(new QPushButton(tr("Open folder"), this))
    , m_close(new QToolButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_text->setWordWrap(true);
    m_progress->setAccessibleName(tr("Pictures saved"));
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(180);
    m_cancel->setAccessibleName(tr("Cancel saving"));
    m_close->setIcon(themedIcon(u"close"));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close notice"));
    m_close->setToolTip(tr("Put this notice away"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->addWidget(m_text, 1);
    row->addWidget(m_progress);
    row->addWidget(m_cancel);
    row->addWidget(m_open);
    row->addWidget(m_close);
    PressGuard::protect(m_cancel); // the next saving has it in the same place
    m_pool.setMaxThreadCount(1);
    hide();
    m_timer.setSingleShot(true);
    m_timer.setInterval(shownFor);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_stop)
            *m_stop = true;
    });
    connect(m_open, &QPushButton::clicked, this, [this] { openFolder(m_folder); });
}

ExportBar::~ExportBar()
{
    if (m_stop)
        *m_stop = true;
}

QString ExportBar::text() const
{
    return m_text->text();
}

void ExportBar::start(const ExportOrder& order)
{
    m_orders.append(order);
    if (!isRunning())
        next();
}

void ExportBar::next()
{
    const ExportOrder& order = m_orders.first();
    m_stop = std::make_shared<std::atomic_bool>(false);
    m_timer.stop();
    m_open->hide();
    m_close->hide();
    m_progress->show();
    m_progress->setRange(0, static_cast<int>(order.pictures.size()));
    m_cancel->show();
    showProgress(0);
    show();
    auto promise = std::make_shared<QPromise<ExportReport>>();
    promise->start();
    promise->setProgressRange(0, static_cast<int>(order.pictures.size()));
    const auto future = promise->future();
    auto* watcher = new QFutureWatcher<ExportReport>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, &ExportBar::showProgress);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        const ExportReport report = watcher->result();
        m_stop.reset();
        showReport(report);
        m_orders.removeFirst();
        Q_EMIT ended(report);
        if (!m_orders.isEmpty())
            next();
    });
    watcher->setFuture(future);
    (void)QtConcurrent::run(&m_pool, [promise, order, stop = m_stop] {
        promise->addResult(exportPictures(order, [&promise, &stop](int done) {
            promise->setProgressValue(done);
            return !*stop;
        }));
        promise->finish();
    });
}

void ExportBar::showProgress(int done)
{
    if (!isRunning())
        return;
    const QLocale locale;
    m_progress->setValue(done);
    m_text->setText(tr("Saving pictures: %1 of %2")
                        .arg(locale.toString(done), locale.toString(m_progress->maximum())));
}

void ExportBar::showReport(const ExportReport& report)
{
    const auto written = static_cast<int>(report.written.size());
    m_folder = m_orders.first().folder;
    QStringList words{tr("%Ln picture(s) are saved in %1.", nullptr, written)
                          .arg(QDir::toNativeSeparators(m_folder))};
    if (report.cancelled)
        words.append(tr("You stopped it there."));
    if (report.failed > 0) {
        QStringList names;
        for (const Error& error : report.failures.mid(0, mostNamed))
            names.append(QFileInfo(error.subject).fileName());
        words.append(report.failed > names.size()
                         ? tr("%n could not be saved: %1, and others.", nullptr, report.failed)
                               .arg(names.join(u", "_s))
                         : tr("%n could not be saved: %1.", nullptr, report.failed)
                               .arg(QLocale().createSeparatedList(names)));
        words.append(sentence(report.failures.first()));
    }
    if (report.stopped)
        words.append(sentence(*report.stopped));
    m_text->setText(words.join(u' '));
    m_progress->hide();
    m_cancel->hide();
    m_open->setVisible(written > 0);
    m_close->show();
    // What went wrong stays until it is put away.
    if (report.failed == 0 && !report.stopped)
        m_timer.start();
}

} // namespace seedbook

#include "moc_ExportBar.cpp"
