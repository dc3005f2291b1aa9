#!/bin/sh
# After the removal of the deb ("remove", "purge") or rpm package ("0"). Histories and /etc/heron are the users' and stay.
set -e
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac
profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if apparmor_status --enabled >/dev/null 2>&1 && ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database -q /usr/share/applications || true; fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
