#pragma once

#include "core/Picture.h"
#include "library/FileChange.h"
#include "library/LibraryChanges.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <functional>

namespace seedbook {

class EditQueue;
class FileIntake;
class LibraryIndex;
class TrashedChanges;

// Writes ratings and tags into the pictures' files, in their order of coming. What is not in the
// file yet is shown all the same, and taken back where the file does not take it.
class RatingTagsWriter final : public QObject
{
    Q_OBJECT

public:
    // All must outlive it. `scanAll` begins a look at the folder, see folderKnown().
    RatingTagsWriter(EditQueue& edits, LibraryIndex& index, FileIntake& intake,
        TrashedChanges& trashed, std::function<void()> scanAll);

    void write(const QList<PicturePtr>& pictures, const RatingTagsChange& marks);
    // The picture with what its file does not have yet.
    [[nodiscard]] PicturePtr marked(const PicturePtr& picture) const;
    // The same for all of these.
    [[nodiscard]] LibraryChanges marked(LibraryChanges changes);
    // Index and folder agree: what was moved a moment ago can be found.
    void folderKnown();

Q_SIGNALS:
    void changed(const seedbook::LibraryChanges& changes);
    void failed(const seedbook::PicturePtr& picture, const seedbook::Error& error);

private:
    struct Pending
    {
        quint64 number;
        RatingTagsChange marks;
    };
    struct Late
    {
        PicturePtr picture;
        RatingTagsChange marks;
        quint64 number;
    };
    // On the edit queue's thread.
    void writeOne(const PicturePtr& picture, const RatingTagsChange& marks, quint64 number,
        bool isSecondTime);
    void forget(const QUuid& id, quint64 number);
    void end(const QUuid& id, quint64 number, const PicturePtr& picture, const Error* error);

    EditQueue& m_edits;
    LibraryIndex& m_index;
    FileIntake& m_intake;
    TrashedChanges& m_trashed; // of that thread
    std::function<void()> m_scanAll;
    QHash<QUuid, QList<Pending>> m_pending; // not yet in the files
    QList<Late> m_late; // their files were not where they were: until the folder is known
    quint64 m_lastNumber = 0;
};

} // namespace seedbook
