#pragma once

#include "core/Result.h"

#include <QString>

namespace seedbook {

// The text of a prompt that does not stand among the arguments, where everybody on the machine can
// read it: a whole file's, or standard input's where `path` is "-". UTF-8; one line break at the
// end is the file's, and is left out. Waits for the end of a pipe. At most `most` characters are of
// any use, and little more is read. FileUnreadable, TextTooLong.
[[nodiscard]] Result<QString> readPrompt(const QString& path, int most);

} // namespace seedbook
