#pragma once

#include <QString>

class QSaveFile;

namespace seedbook {

// Who may read what the program writes. What it keeps for itself (prompts, money, thumbnails, log)
// is closed to everybody else on the machine; the pictures that it makes for the person, and what
// is exported, have the rights that the person gives all files: their umask.

// At the program's start, before there are threads: what is made from now on is closed to others.
void closeFilesToOthers();

// The file that marks a library: whatever folder it lies in is the person's.
inline const auto libraryMarkName = QStringLiteral(".seedbook-library");

// Closes what lies there already, made by an earlier version or under another umask: the folder,
// and what is in it, down to `levels` folders deep. What is not there, a link in it, and what is
// somebody else's, or a library, are left as they are.
void closeToOthers(const QString& path, int levels = 0);

// While one lives, what is made has the person's rights. On all threads, so it lives for a call:
// what another one makes meanwhile in a folder that is closed is not to be reached either.
class PersonsFiles final
{
public:
    PersonsFiles();
    ~PersonsFiles();
    PersonsFiles(const PersonsFiles&) = delete;
    PersonsFiles& operator=(const PersonsFiles&) = delete;
};
// For one file or folder of the person's: opens it for writing; makes it with its parents.
[[nodiscard]] bool openPersonsFile(QSaveFile& file);
[[nodiscard]] bool makePersonsFolder(const QString& path);

} // namespace seedbook
