#pragma once

#include <QByteArray>
#include <QModelIndex>
#include <QWidget>

class QItemSelectionModel;
class QUuid;

namespace seedbook {

class PictureListModel;

// What the middle of the window shows: the gallery is one. Its actions (QWidget::actions()) have
// their keys while it is in front. A page that shows pictures has a list of them and a selection in
// it: while it is in front, panel, actions and viewers are about that. window/PageList.cpp names
// all there are.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    // By which it is known in the settings; never shown.
    [[nodiscard]] virtual QString name() const = 0;
    // Of its tab.
    [[nodiscard]] virtual QString title() const = 0;

    // Both null for a page without pictures.
    [[nodiscard]] virtual PictureListModel* list() const { return nullptr; }
    [[nodiscard]] virtual QItemSelectionModel* items() const { return nullptr; }
    virtual void reveal(const QModelIndex& /*index*/) {}
    // Makes way for a picture or tile of the library that the list may not show now. False: this
    // page has no place for it.
    [[nodiscard]] virtual bool makeWayFor(const QUuid& /*pictureId*/) { return false; }

    // What is kept between two starts, such as how large thumbnails are; of its own format.
    [[nodiscard]] virtual QByteArray saveState() const { return {}; }
    virtual void restoreState(const QByteArray& /*state*/) {}

Q_SIGNALS:
    // A picture of its list, into the full view.
    void openRequested(const QModelIndex& index);
    // saveState() would answer otherwise.
    void stateChanged();
};

} // namespace seedbook
