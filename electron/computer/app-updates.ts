import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { log } from '../../monitor/log/log';
import type { Policy } from '../../domain/policy/policy';
import { findUpdate } from '../../monitor/updates/find-update';
import { updateFeedSchema, type UpdateFeed } from '../../monitor/updates/update-manifest';
import { UpdateService, type InstallKind } from '../../monitor/updates/update-service';

/** The packages that can replace themselves; a package manager owns the others. */
const replaceable: readonly InstallKind[] = ['appimage', 'windows', 'mac'];

/** The app's own update service. `wanted`: the user's choice. */
export function appUpdates(policy: Policy, wanted: boolean): UpdateService {
  const kind = installKind();
  return new UpdateService(
    {
      feed: builtInFeed(),
      current: app.getVersion(),
      kind,
      policy,
      nowMs: () => Date.now(),
      find: findUpdate,
      install: replaceable.includes(kind)
        ? async (manifest, feedUrl) => (await import('./install-update')).installUpdate(manifest, feedUrl)
        : null,
      log: (words) => log.warn(words),
    },
    wanted,
  );
}

/** The feed that the package was built with (build/package/update-feed.mjs); a checkout has none. */
function builtInFeed(): UpdateFeed | null {
  if (!app.isPackaged) return null;
  const text = readFileSync(path.join(app.getAppPath(), 'package.json'), 'utf8');
  return z.object({ heronUpdates: updateFeedSchema.nullable().default(null) }).parse(JSON.parse(text))
    .heronUpdates;
}

function installKind(): InstallKind {
  if (!app.isPackaged) return 'checkout';
  if (process.platform === 'darwin') return 'mac';
  if (process.platform === 'win32') return process.env['PORTABLE_EXECUTABLE_DIR'] ? 'archive' : 'windows';
  if (process.env['APPIMAGE']) return 'appimage';
  if (!process.execPath.startsWith('/opt/Heron/')) return 'archive';
  return existsSync('/var/lib/dpkg/info/heron.list') ? 'deb' : 'rpm';
}
