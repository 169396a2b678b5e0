"""How a check of the sources ends."""

import sys


def report(name, place, look):
    """Prints what `look` finds. It answers with the number of files and the violations' sentences.

    Answers with the exit code: 1 if there is any, 2 if it could not look.
    """
    try:
        number, found = look()
    except (OSError, UnicodeDecodeError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    if number == 0:
        print(f"{name}: {place} holds no sources", file=sys.stderr)
        return 2
    for sentence in found:
        print(sentence)
    print(f"{name}: {number} files, {len(found)} violations")
    return 1 if found else 0
