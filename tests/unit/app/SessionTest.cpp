#include "app/Session.h"

#include "support/Orders.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QGuiApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::sessionTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// Where nobody listens: nothing is ever sent there.
Endpoint nobody(const QString& path)
{
    return *Endpoint::parse(u"http://127.0.0.1:1/"_s + path);
}

bool restore(Session& session)
{
    QSignalSpy restored(&session.queue(), &JobQueue::restored);
    session.queue().pauseAll();
    session.queue().restore(session.models());
    return restored.wait();
}

} // namespace

// The back ends as the program joins them, on folders of their own; none of them reaches the
// network.
class SessionTest : public QObject
{
    Q_OBJECT

public:
    // Before there is an application, and a thread.
    static void initMain()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        qputenv("SEGMIND_API_KEY", "SG_0123456789abcdef");
        qunsetenv("XDG_RUNTIME_DIR");
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }
    void theSettingsReachTheQueue();
    void theEndpointOfTheSettings();
    void theEndpointOfTheCommandLine();
    void anEndpointThatCannotBeUsed();
    void theKeyOfTheEnvironment();
    void theLibrary();
    void practiceStartsOnce();
    void anEarlierEndpointIsServed();
    void earlierPracticeGoesOn();
    void everyKeyIsWaitedFor();

private:
    [[nodiscard]] Folders folders() const
    {
        return {m_home->filePath(u"data"_s), m_home->filePath(u"cache"_s),
            m_home->filePath(u"config"_s), m_home->filePath(u"pictures"_s)};
    }
    void set(const QString& key, const QVariant& value) const
    {
        QSettings(folders().config + u"/seedbook.conf"_s, QSettings::IniFormat)
            .setValue(key, value);
    }
    // Leaves one waiting request behind, as a program that was closed does.
    void leaveOne(const std::optional<Endpoint>& endpoint)
    {
        CommonOptions options;
        options.endpoint = endpoint;
        Session session(folders(), models(), options);
        const auto target = endpoint ? *endpoint : *session.startPractice();
        QVERIFY(restore(session));
        const auto ids = submit(session.queue(), {sampleRequest()}, target);
        QTRY_VERIFY(session.queue().job(ids.first())->committed);
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

void SessionTest::theSettingsReachTheQueue()
{
    {
        Settings before(folders().config + u"/seedbook.conf"_s);
        before.setCap(Cap::PerSend, Money::fromUsd(1));
        before.setCap(Cap::PerDay, Money::fromUsd(5));
        before.setRecoverable(true);
        before.setEndpoint(nobody(u"x"_s).name());
    }
    Session session(folders(), models(), {});
    QCOMPARE(session.queue().caps(), (Caps{Money::fromUsd(1), Money::fromUsd(5), std::nullopt}));
    session.settings().setCap(Cap::PerSend, std::nullopt);
    session.settings().setCap(Cap::PerMonth, Money::fromUsd(50));
    QCOMPARE(session.queue().caps(), (Caps{std::nullopt, Money::fromUsd(5), Money::fromUsd(50)}));
    // How a request travels is seen on the request.
    QVERIFY(restore(session));
    const auto transport = [&session] {
        const auto ids = submit(session.queue(), {sampleRequest()}, session.paidEndpoint());
        return session.queue().job(ids.first())->transport;
    };
    QCOMPARE(transport(), Transport::Recoverable);
    session.settings().setRecoverable(false);
    QCOMPARE(transport(), Transport::Blocking);
}

void SessionTest::theEndpointOfTheSettings()
{
    QCOMPARE(Session(folders(), models(), {}).paidEndpoint().name(), Endpoint::segmind().name());
    set(u"service/endpoint"_s, u"https://a.b/c"_s);
    Session session(folders(), models(), {});
    QCOMPARE(session.paidEndpoint().name(), u"https://a.b/c"_s);
    QVERIFY(session.queue().serves(u"https://a.b/c"_s));
    QVERIFY(!session.queue().serves(Endpoint::segmind().name()));
    QVERIFY(!session.endpointProblem());
    QCOMPARE(session.keys().origin(), u"https://a.b"_s);
}

void SessionTest::theEndpointOfTheCommandLine()
{
    set(u"service/endpoint"_s, u"https://a.b/c"_s);
    CommonOptions options;
    options.endpoint = nobody(u"x"_s);
    Session session(folders(), models(), options);
    QCOMPARE(session.paidEndpoint().name(), nobody(u"x"_s).name());
    QCOMPARE(session.keys().origin(), u"http://127.0.0.1:1"_s);
}

void SessionTest::anEndpointThatCannotBeUsed()
{
    set(u"service/endpoint"_s, u"http://a.b"_s);
    Session session(folders(), models(), {});
    QVERIFY(session.endpointProblem());
    QCOMPARE(session.endpointProblem()->kind, ErrorKind::InsecureEndpoint);
    QCOMPARE(session.paidEndpoint().name(), Endpoint::segmind().name());
}

// It belongs to Segmind, or to the endpoint that is given beside it.
void SessionTest::theKeyOfTheEnvironment()
{
    const QByteArray key = "SG_0123456789abcdef";
    QCOMPARE(Session(folders(), models(), {}).keys().key().reveal(), key);
    CommonOptions given;
    given.endpoint = nobody(u"x"_s);
    QCOMPARE(Session(folders(), models(), given).keys().key().reveal(), key);
    set(u"service/endpoint"_s, u"https://a.b"_s);
    QVERIFY(Session(folders(), models(), {}).keys().key().isEmpty());
}

void SessionTest::theLibrary()
{
    set(u"library/folder"_s, m_home->filePath(u"mine"_s));
    QCOMPARE(Session(folders(), models(), {}).library().folder(), m_home->filePath(u"mine"_s));
    CommonOptions options;
    options.library = m_home->filePath(u"other"_s);
    QCOMPARE(
        Session(folders(), models(), options).library().folder(), m_home->filePath(u"other"_s));
}

void SessionTest::practiceStartsOnce()
{
    Session session(folders(), models(), {});
    QVERIFY(!session.queue().serves(u"practice"_s));
    const auto first = session.startPractice();
    QVERIFY(first && first->isPractice());
    const auto second = session.startPractice();
    QCOMPARE(second->origin(), first->origin());
    QVERIFY(session.queue().serves(u"practice"_s));
    QVERIFY(!session.queue().account(u"practice"_s)); // nothing is paid there
}

void SessionTest::anEarlierEndpointIsServed()
{
    leaveOne(nobody(u"earlier"_s));
    Session session(folders(), models(), {});
    QVERIFY(!session.queue().serves(nobody(u"earlier"_s).name()));
    QVERIFY(restore(session));
    QVERIFY(session.queue().serves(nobody(u"earlier"_s).name()));
    QCOMPARE(session.queue().onHold(nobody(u"earlier"_s).name()).size(), 1);
    QVERIFY(!session.queue().serves(u"practice"_s));
    QCOMPARE(session.paidEndpoint().name(), Endpoint::segmind().name());
}

void SessionTest::earlierPracticeGoesOn()
{
    leaveOne({});
    Session session(folders(), models(), {});
    QVERIFY(restore(session));
    QVERIFY(session.queue().serves(u"practice"_s));
}

// Also that of an earlier endpoint.
void SessionTest::everyKeyIsWaitedFor()
{
    leaveOne(nobody(u"earlier"_s));
    Session session(folders(), models(), {});
    QVERIFY(restore(session));
    int answered = 0;
    session.whenKeysAnswered(&session.queue(), [&answered] { ++answered; });
    QTRY_COMPARE(answered, 1);
    QVERIFY(session.keys().isLoaded());
    session.whenKeysAnswered(&session.queue(), [&answered] { ++answered; });
    QCOMPARE(answered, 2); // they are there
}

SEEDBOOK_TEST(SessionTest, QGuiApplication)

} // namespace seedbook::sessionTest

#include "SessionTest.moc"
