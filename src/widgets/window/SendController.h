#pragma once

#include "jobs/Sender.h"

#include <QObject>

class QPushButton;

namespace seedbook {

class ComposePanel;
class LivePictures;
class NoticeBar;
class Pages;
class PictureActions;
class QueuePanel;

// Leads what people press to Sender, and words what Sender finds: what is there already is shown
// and offered once more with its price, a cap stands below Generate, what waits on hold is offered
// above the gallery and in the status bar. Decides nothing about money itself.
class SendController final : public QObject
{
    Q_OBJECT

public:
    // All must outlive it.
    struct Context
    {
        const ModelCatalog& models;
        JobQueue& queue;
        Sender& sender;
        const LivePictures& pictures;
        Pages& pages;
        ComposePanel& compose;
        PictureActions& actions;
        NoticeBar& notices;
    };
    explicit SendController(const Context& context, QObject* parent = nullptr);

    // What the panel asks for goes the same way.
    void follow(QueuePanel& panel);
    // Offers what waits on hold for the target; hidden while nothing does.
    [[nodiscard]] QPushButton* resumeButton() const { return m_resume; }

Q_SIGNALS:
    void sent(); // there is work again
    // A problem that belongs below Generate is said: Compose may be closed.
    void composeNeeded();
    // What the notices say above the gallery, for whoever looks at something that covers them.
    void told(const QString& words, bool isError);

private:
    // Where a problem is said.
    enum class Place { Compose, Notices };
    void generate(const QList<Intent>& intents);
    void runAgain(const PicturePtr& picture);
    void again(const QList<JobId>& ids);
    void release(const QString& endpoint);
    void releaseHeld(); // the target's
    // Sends what is fresh, and offers the rest.
    void carryOut(const SendPlan& plan, Place place);
    [[nodiscard]] bool send(const SendPlan& plan, Place place);
    void offer(SendPlan rest);
    void showProblem(const Error& error);
    void sendOffered();
    void beginAct();
    void dropOffer();
    void showHeld();
    void showRunAgainPrice();

    Context m;
    QPushButton* m_resume;
    SendPlan m_offered;  // what "Generate anyway" sends
    QString m_heldPrice; // with that price
    int m_heldSaid = 0;  // so many are told of above the gallery, or were before that was dismissed
};

} // namespace seedbook
