#pragma once

#include <QElapsedTimer>
#include <QLineEdit>
#include <QObject>
#include <QString>
#include <QTimer>

namespace seedbook {
class GalleryView;
class PictureListModel;
} // namespace seedbook

namespace seedbook::bench {

// Types into the search field and tells how long each key press takes until the first screen of its
// results is painted, under the name of the kind of search:
//   short-…  fewer than three characters; long-… three and more
// "thumbnails": until the last thumbnail of that screen is painted, too. "unchanged": a key press
// that left the results as they were, which tells no time. "wrong": one that found other pictures
// than it should have. Ends the program after the last.
class Searching final : public QObject
{
public:
    // `count`: how many pictures there are.
    Searching(QLineEdit& field, GalleryView& view, int count);
    // After a second of quiet.
    void startSoon();

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Query
    {
        const char* kind;
        QString text;        // what the key press gives
        int least = 0;       // that it has to find
        bool exact = false;  // and no more
        bool goesOn = false; // typed behind what is there
    };
    void next();
    void press();
    void finish();
    void look();
    void takePaint();
    [[nodiscard]] bool isPainted(bool withThumbnails) const;

    QLineEdit& m_field;
    GalleryView& m_view;
    PictureListModel& m_model;
    QList<Query> m_queries;
    int m_current = -1;
    int m_listing = 0; // counts the changes of what the view lists
    QTimer m_look;
    // Milliseconds; −1: not yet.
    double m_pressed = -1;
    double m_changed = -1; // what the view lists
    double m_painted = -1; // after the last change
    double m_complete = -1;
    double m_quietSince = 0;
};

} // namespace seedbook::bench
