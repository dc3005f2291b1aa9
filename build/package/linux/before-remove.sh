#!/bin/sh
# Before the removal, but not before an upgrade, of the deb ("remove") or rpm package ("0").
set -e
case "${1-}" in
  remove | 0)
    if [ -d /run/systemd/system ]; then systemctl disable --now heron-watch.service || true; fi
    ;;
esac
