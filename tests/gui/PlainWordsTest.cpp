// What a service, a file or a person wrote is shown as it is written: nothing in the window takes
// it for HTML, which would open the files it names.
#include "widgets/common/PlainWords.h"

#include "metadata/PictureMetadata.h"
#include "support/GallerySamples.h"
#include "support/RawServer.h"
#include "support/TestProgram.h"
#include "support/WindowBench.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/Theme.h"
#include "widgets/gallery/FilterBar.h"
#include "widgets/gallery/GalleryPage.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/import/ImportDialog.h"
#include "widgets/import/ImportModel.h"
#include "widgets/import/MappingModel.h"
#include "widgets/live/PictureListModel.h"
#include "widgets/spending/SpendingDialog.h"
#include "widgets/window/UnreadableDialog.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPromise>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace seedbook::plainWordsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// A file, and a text that names it as a picture to show. It is known whether it was opened.
class Bait final
{
public:
    Bait()
    {
        writeFile(path(), "no picture");
        m_watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (m_watch < 0 ||
            inotify_add_watch(m_watch, QFile::encodeName(path()).constData(), IN_OPEN) < 0)
            qFatal("no inotify");
    }
    ~Bait() { ::close(m_watch); }
    Bait(const Bait&) = delete;
    Bait& operator=(const Bait&) = delete;
    [[nodiscard]] QString path() const { return m_folder.filePath(u"bait.png"_s); }
    [[nodiscard]] QString words() const
    {
        return u"<img src=\"file://%1\"> <img src=\"%1\"> and words"_s.arg(path());
    }
    [[nodiscard]] bool wasOpened() const
    {
        char events[4096];
        return ::read(m_watch, events, sizeof(events)) > 0;
    }

private:
    QTemporaryDir m_folder;
    int m_watch = -1;
};

// The texts in a window that Qt takes for HTML although they bring a tag of their own.
QStringList takenForHtml(const QWidget& window)
{
    QStringList found;
    const auto look = [&found](const QString& where, const QString& text) {
        if (text.contains("<img"_L1) && Qt::mightBeRichText(text))
            found.append(where + u": "_s + text);
    };
    QList<const QWidget*> widgets{&window};
    for (const auto* widget : window.findChildren<QWidget*>())
        widgets.append(widget);
    for (const QWidget* widget : widgets) {
        const QString where = QString::fromLatin1(widget->metaObject()->className()) + u' ' +
                              widget->accessibleName();
        look(where + u" tip"_s, widget->toolTip());
        const auto* label = qobject_cast<const QLabel*>(widget);
        if (label && label->textFormat() != Qt::PlainText)
            look(where, label->text());
        for (const QAction* action : widget->actions())
            look(where + u" action"_s, action->toolTip());
        const auto* view = qobject_cast<const QAbstractItemView*>(widget);
        const QAbstractItemModel* model = view ? view->model() : nullptr;
        for (int row = 0; model && row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column)
                look(where + u" row's tip"_s,
                    model->index(row, column).data(Qt::ToolTipRole).toString());
        }
    }
    return found;
}

bool shows(const QWidget& window, const QString& words)
{
    return std::ranges::any_of(window.findChildren<QLabel*>(),
        [&words](const QLabel* label) { return label->text().contains(words); });
}

void pressAction(const QWidget& window, const QString& text)
{
    for (auto* action : window.findChildren<QAction*>()) {
        if (action->text() == text)
            return action->trigger();
    }
    QFAIL(qPrintable(text));
}

} // namespace

class PlainWordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QGuiApplication::setQuitOnLastWindowClosed(false); }

    // What the others are measured against.
    void aLabelOfQtsOwnOpensIt()
    {
        const Bait bait;
        QLabel label(bait.words());
        (void)label.grab();
        QVERIFY(bait.wasOpened());
    }

    void aPlainLabelDoesNot()
    {
        const Bait bait;
        PlainLabel label(bait.words());
        (void)label.grab();
        QVERIFY(!bait.wasOpened());
        QCOMPARE(label.text(), bait.words());
    }

    void tips()
    {
        QCOMPARE(plainTip({}), QString());
        QCOMPARE(plainTip(u"2 < 3 & 4"_s), u"2 < 3 & 4"_s);
        QVERIFY(plainTip(u"a\n<b>c"_s).contains(u"<b>"_s)); // not HTML for Qt, either
        QCOMPARE(plainTip(u"<b>a\nb"_s), u"<qt>&lt;b&gt;a<br>b</qt>"_s);
        QCOMPARE(plainTip(u"&lt;"_s), u"<qt>&amp;lt;</qt>"_s);
        QCOMPARE(plainTip(u"<i>"_s, u"<u>"_s), u"<qt><b>&lt;u&gt;</b><br>&lt;i&gt;</qt>"_s);
        QVERIFY(plainTip(QString(200, u'x')).startsWith(u"<qt>"_s)); // it is wrapped
        QVERIFY(plainTip(QString(1'000'000, u'<')).size() < 10'000);
        const Bait bait;
        QWidget widget;
        widget.show();
        for (const QString& tip : {plainTip(bait.words()), plainTip(u"x"_s, bait.words())}) {
            QToolTip::showText({10, 10}, tip, &widget);
            for (QWidget* window : QApplication::topLevelWidgets()) {
                if (window->inherits("QTipLabel"))
                    (void)window->grab();
            }
            QVERIFY(QToolTip::isVisible());
        }
        QVERIFY(!bait.wasOpened());
        QToolTip::hideText();
    }

    void messageBoxes()
    {
        const Bait bait;
        QMessageBox box(QMessageBox::Critical, u"Seedbook"_s, bait.words());
        box.setInformativeText(bait.words());
        makePlain(box);
        box.show();
        (void)box.grab();
        QVERIFY(!bait.wasOpened());
        QCOMPARE(takenForHtml(box), QStringList());
    }

    // Qt's own dialogs name files, too, and make their labels themselves.
    void dialogsOfQts()
    {
        applyTheme(*qApp, Theme::Light);
        const Bait bait;
        QInputDialog dialog;
        dialog.setLabelText(bait.words());
        QMessageBox box(QMessageBox::Critical, u"Seedbook"_s, bait.words());
        box.setInformativeText(bait.words());
        for (QWidget* window : std::initializer_list<QWidget*>{&dialog, &box}) {
            window->show();
            (void)window->grab();
        }
        QVERIFY(!bait.wasOpened());
    }

    // A service that says it, a picture whose prompt, tags and model are it, and what shows them.
    void theWindow()
    {
        const Bait bait;
        const QByteArray error = QJsonDocument(QJsonObject{{u"error"_s, bait.words()}}).toJson();
        RawServer server([&error](RawServer::Peer& peer) {
            if (peer.readRequest())
                peer.send(httpAnswer(401, error, {"Content-Type: application/json"}));
        });
        WindowBench bench(server.endpoint());
        MainWindow& window = bench.window;
        for (auto* dock : window.findChildren<QWidget*>(QRegularExpression(u"Dock$"_s)))
            dock->show();
        QVERIFY(bench.paid.restore());
        Picture picture = *pictureOf(sampleJob(500, JobState::Filed, {}, bait.words()));
        picture.recordId = picture.id;
        picture.tags = {bait.words()};
        picture.modelId = bait.words();
        const QString path = bench.path + u"/library/<img src=x>.png"_s;
        put(path, embedRecord(samplePicture(), picture, bait.words()).file);
        put(bench.path + u"/library/<img src=y>.png"_s, "no picture");
        connect(&bench.paid.library, &Library::changed, &window, &MainWindow::applyChanges);
        bench.paid.library.watch();
        auto* gallery = window.findChild<GalleryPage*>();
        QTRY_COMPARE(gallery->view()->model()->rowCount(), 1);
        QTRY_VERIFY(!bench.paid.library.unreadable().isEmpty());
        submit(bench.paid.queue, {sampleRequest(bait.words(), 7)}, server.endpoint());
        QTRY_VERIFY(shows(window, bait.words()));
        pressAction(window, u"Spending &log…"_s);
        pressAction(window, u"S&ettings…"_s);
        auto* filters = window.findChild<FilterBar*>();
        QVERIFY(filters);
        filters->setFilter({.tags = {bait.words()}, .model = bait.words()});
        filters->setFilter({});
        for (int row = 0; row < gallery->view()->model()->rowCount(); ++row) {
            gallery->view()->setCurrentIndex(gallery->view()->model()->index(row, 0));
            QCOMPARE(takenForHtml(window), QStringList());
            (void)window.grab();
        }
        QCOMPARE(gallery->view()->model()->rowCount(), 2);
        auto* ledger = window.findChild<SpendingDialog*>();
        QTRY_VERIFY(ledger->findChild<QAbstractItemView*>()->model()->rowCount() > 0);
        for (QWidget* dialog : window.findChildren<QDialog*>()) {
            QCOMPARE(takenForHtml(*dialog), QStringList());
            (void)dialog->grab();
        }
        QVERIFY(!bait.wasOpened());
    }

    void filters()
    {
        FilterBar bar;
        const Bait bait;
        bar.setFilter({.tags = {bait.words()}, .model = bait.words()});
        QCOMPARE(takenForHtml(bar), QStringList());
    }

    void filesThatAreImportedOrCannotBeRead()
    {
        const Bait bait;
        QTemporaryDir folder;
        Picture picture = *pictureOf(sampleJob(500, JobState::Filed, {}, bait.words()));
        picture.parameters.insert(u"num_inference_steps"_s, bait.words());
        put(folder.filePath(u"<img src=x>.png"_s),
            embedRecord(samplePicture(), picture, bait.words()).file);
        put(folder.filePath(u"<img src=y>.png"_s), "no picture");
        ImportDialog import({models(), [](const QUuid&) { return false; }, {}});
        import.add({folder.path()});
        import.show();
        QTRY_COMPARE(import.model()->rowCount(), 2);
        QTRY_VERIFY(!import.model()->isReading());
        const QModelIndex first = import.model()->index(0, ImportModel::File);
        const bool isPicture = first.data().toString().contains(u'x');
        for (const int row : {isPicture ? 1 : 0, isPicture ? 0 : 1}) {
            import.list()->selectRow(row);
            QTRY_COMPARE(import.mapping()->rowCount() > 0, (row == 0) == isPicture);
            QCOMPARE(takenForHtml(import), QStringList());
            (void)import.grab();
        }
        UnreadableDialog unreadable;
        unreadable.setFiles({{bait.words(), Error{ErrorKind::DiskError, {}, bait.words()}}});
        unreadable.show();
        (void)unreadable.grab();
        QCOMPARE(takenForHtml(unreadable), QStringList());
        QVERIFY(!bait.wasOpened());
    }
};

SEEDBOOK_TEST(PlainWordsTest, QApplication)

} // namespace seedbook::plainWordsTest

#include "PlainWordsTest.moc"
