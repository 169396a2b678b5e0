#pragma once

#include "core/ModelSchema.h"
#include "core/Picture.h"

#include <QList>
#include <QObject>

#include <atomic>

namespace seedbook {

class EditQueue;
class FileIntake;
class LibraryIndex;

// Writes the record into pictures that were filed before there was one, by what the ledger knows.
// Behind everything else.
class RecordBackfill final : public QObject
{
    Q_OBJECT

public:
    // All must outlive it.
    RecordBackfill(EditQueue& edits, LibraryIndex& index, FileIntake& intake);

    // See Library::backfill().
    void write(QList<Picture> known, const ModelCatalog& models);
    void stop() { m_stop = true; } // the rest can be done at the next start

Q_SIGNALS:
    // Pictures that have their record now, or had one, or are gone: not to be tried again.
    void backfilled(const QList<QUuid>& ids);

private:
    // These on the edit queue's thread. Whether it is settled.
    [[nodiscard]] bool writeOne(const Picture& known, const QString& modelTitle);
    void tell(const QList<QUuid>& ids);

    QString m_folder;
    EditQueue& m_edits;
    LibraryIndex& m_index;
    FileIntake& m_intake;
    std::atomic_bool m_stop = false;
};

} // namespace seedbook
