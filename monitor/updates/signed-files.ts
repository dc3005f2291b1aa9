import { UpdateError, type UpdateManifest } from './update-manifest';

/** What electron-updater found: the version, and its files with their checksums. */
export interface OfferedVersion {
  version: string;
  files: readonly { url: string; sha512: string }[];
}

/** Refuses what the signed manifest does not say. @throws UpdateError */
export function refuseOtherFiles(manifest: UpdateManifest, offered: OfferedVersion): void {
  if (offered.version !== manifest.version)
    throw new UpdateError(
      `The server offers Heron ${offered.version} where ${manifest.version} is signed. Nothing was downloaded.`,
    );
  for (const { url, sha512 } of offered.files) {
    const name = decodeURIComponent(url.split('/').at(-1) ?? '');
    if (!Object.hasOwn(manifest.files, name) || manifest.files[name]?.sha512 !== sha512)
      throw new UpdateError(`${name} is not the file that is signed. Nothing was downloaded.`);
  }
  if (offered.files.length === 0) throw new UpdateError('The server offers no file. Nothing was downloaded.');
}
