#!/usr/bin/env bash
# usage: check_format.sh CLANG-FORMAT OPTION…
# Runs it over every C++ source of ours, those not yet committed too.
set -euo pipefail
cd "$(dirname "$0")/../.."
find src tests -type f \( -name '*.cpp' -o -name '*.h' \) -print0 | xargs -0 -r "$@"
