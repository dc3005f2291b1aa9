#!/bin/sh
# After the installation of the deb or rpm package. ${executable} and ${sanitizedProductName} are filled in by electron-builder.
set -e
app='/opt/${sanitizedProductName}'

# Chromium's sandbox uses user namespaces; where unprivileged users have none, its helper must be setuid root.
if [ -L /proc/self/ns/user ] && unshare --user true 2>/dev/null; then
  chmod 0755 "$app/chrome-sandbox"
else
  chmod 4755 "$app/chrome-sandbox"
fi

# Ubuntu 24.04 and later allow user namespaces only to programs with a profile.
profile='/etc/apparmor.d/${executable}'
if apparmor_status --enabled >/dev/null 2>&1 &&
  apparmor_parser --skip-kernel-load --debug "$app/resources/apparmor-profile" >/dev/null 2>&1; then
  cp -f "$app/resources/apparmor-profile" "$profile"
  if ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
    apparmor_parser --replace --write-cache --skip-read-cache "$profile" || true
  fi
fi

if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database -q /usr/share/applications || true; fi
if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true; fi

# The service is never enabled by the package; one that runs goes on with the new version.
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload || true
  systemctl try-restart heron-watch.service || true
fi
