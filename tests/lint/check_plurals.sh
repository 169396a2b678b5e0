#!/usr/bin/env bash
# usage: check_plurals.sh LUPDATE
# English needs its plurals alone: one that the sources have and the translation does not would be
# shown as "1 picture(s)".
set -euo pipefail
cd "$(dirname "$0")/../.."
known=$(mktemp --suffix=.ts)
trap 'rm -f "$known"' EXIT
cp resources/translations/seedbook_en.ts "$known"
"$1" -pluralonly -locations none -no-obsolete src -ts "$known" >/dev/null
if grep -B3 'type="unfinished"' "$known" | grep '<source>'; then
    echo "These have no plural in resources/translations/seedbook_en.ts: run ./dev translate" >&2
    exit 1
fi
