#pragma once

#include "core/Picture.h"

#include <QSet>
#include <QStringList>
#include <QWidget>

class QLineEdit;
class QStringListModel;

namespace seedbook {

class FlowLayout;

// The tags of one picture, or those that several have in common, each with a button that takes it
// off, and a field that adds more: Return or a comma. It shows what it is told: a change is only
// asked for.
class TagEditor final : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype longestTag = 100; // characters; more is cut

    explicit TagEditor(QWidget* parent = nullptr);

    void setPictures(const QList<PicturePtr>& pictures);
    // Offered while a tag is typed.
    void setKnownTags(const QStringList& tags);
    [[nodiscard]] const QStringList& shownTags() const { return m_tags; }
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    // The field has the focus in its window and something in it: a tag of the pictures shown, which
    // should stay until it is done.
    [[nodiscard]] bool isTyping() const;

Q_SIGNALS:
    void changeRequested(const QList<seedbook::PicturePtr>& pictures, const QStringList& added,
        const QStringList& removed);
    // The field got the focus: setKnownTags() with what is known now.
    void knownTagsWanted();
    // Escape in the empty field.
    void left();
    // isTyping() may be false now.
    void typingEnded();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showTags(const QStringList& tags);
    void commitInput();
    void add(const QString& text);
    void remove(const QString& tag);

    QList<PicturePtr> m_pictures;
    QStringList m_tags;
    QSet<QString> m_asked; // added and not yet told of
    FlowLayout* m_flow;
    QList<QWidget*> m_chips;
    QLineEdit* m_field;
    QStringListModel* m_known;
};

} // namespace seedbook
