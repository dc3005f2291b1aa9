import electronUpdater from 'electron-updater';
import { log } from '../../monitor/log/log';
import { refuseOtherFiles } from '../../monitor/updates/signed-files';
import { UpdateError, type UpdateManifest } from '../../monitor/updates/update-manifest';
import { allowOwnDownloads } from '../security/lock-down';

/**
 * Downloads a version with electron-updater, and has it installed when Heron is closed. electron-updater compares the download with the
 * checksums of its own list, which is not signed: that list is refused unless it says the same as the signed manifest. On Windows and
 * macOS the code signature is compared as well.
 *
 * @throws UpdateError
 */
export async function installUpdate(manifest: UpdateManifest, feedUrl: string): Promise<void> {
  const { autoUpdater } = electronUpdater;
  autoUpdater.logger = { info: log.info, warn: log.warn, error: log.error, debug: log.debug };
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.autoRunAppAfterInstall = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  allowOwnDownloads(autoUpdater.netSession, (words) => log.warn(words));
  autoUpdater.setFeedURL({ provider: 'generic', url: feedUrl });
  try {
    const checked = await autoUpdater.checkForUpdates();
    if (checked === null) throw new UpdateError('This package of Heron cannot replace itself.');
    refuseOtherFiles(manifest, checked.updateInfo);
    await autoUpdater.downloadUpdate();
  } catch (fault) {
    if (fault instanceof UpdateError) throw fault;
    log.warn('The download of a newer version failed:', fault);
    throw new UpdateError(
      `Its download failed, and nothing was changed: ${fault instanceof Error ? fault.message.split('\n')[0] : String(fault)}`,
    );
  }
}
