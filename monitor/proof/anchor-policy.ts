import path from 'node:path';
import { allowsHost, type Policy } from '../../domain/policy/policy';

/** Why the policy of this computer forbids an anchor at this URL, as one sentence; null: it is allowed. */
export function forbiddenAnchorUrl(url: URL, { anchors }: Policy): string | null {
  if (allowsHost(anchors?.hosts, url.hostname)) return null;
  return `The policy of this computer allows no anchors at ${url.host}. ${allowed(anchors?.hosts)}`;
}

/** The same for an anchor in a file. */
export function forbiddenAnchorFile(file: string, { anchors }: Policy): string | null {
  const folders = anchors?.folders;
  if (folders === undefined || folders.some((folder) => isWithin(folder, file))) return null;
  return `The policy of this computer allows no anchors in ${path.dirname(path.resolve(file))}. ${allowed(folders)}`;
}

function allowed(list: readonly string[] | undefined): string {
  if (list === undefined || list.length === 0) return 'Your administrator allows none.';
  return `Your administrator allows ${list.join(', ')}.`;
}

function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(path.resolve(folder), path.resolve(file));
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}
