#pragma once

#include "core/Result.h"
#include "library/PictureListing.h"

#include <QFuture>
#include <QObject>

namespace seedbook {

class MainWindow;
class Session;

// Joins the session to the window once both are there; lives as long as the window.
class Wiring final : public QObject
{
    Q_OBJECT

public:
    Wiring(Session& session, MainWindow& window, QFuture<Result<PictureListing>> listing,
        bool practiceOnly);

private:
    void loadLibrary();
    void followLibrary();
    void sayNotices();
    void adoptPractice();
    void chooseTarget();

    Session& m_session;
    MainWindow& m_window;
    QFuture<Result<PictureListing>> m_listing;
    bool m_practiceOnly;
};

} // namespace seedbook
