#!/usr/bin/env bash
# run.sh COMMAND…: on a display, a session bus and folders that are this run's alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"/{home,runtime}
chmod 700 "$folder/runtime"
unset WAYLAND_DISPLAY SEGMIND_API_KEY QT_QPA_PLATFORM
export HOME=$folder/home XDG_RUNTIME_DIR=$folder/runtime XDG_DATA_HOME=$folder/data \
    XDG_CACHE_HOME=$folder/cache XDG_CONFIG_HOME=$folder/config XDG_PICTURES_DIR=$folder/pictures \
    QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 LC_ALL=C.UTF-8 GTK_A11Y=none
# shellcheck disable=SC2016  # the inner shell expands them
dbus-run-session -- xvfb-run -a -s '-screen 0 1500x950x24 -noreset' bash -c '
    openbox & manager=$!
    /usr/libexec/at-spi-bus-launcher --launch-immediately & bus=$!
    trap "kill $manager $bus 2>/dev/null || true" EXIT
    # A window that is mapped while the manager starts may never be shown.
    for _ in {1..100}; do
        xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q window && break
        sleep 0.05
    done
    "$@"' bash "$@"
