import Database from 'better-sqlite3';
import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { HistoryError } from '../model/history-error';
import { isExtract } from './manifest';

/** What a file is that must not be overwritten by something else; null: nothing that Heron knows. */
export type KnownKind = 'history' | 'incident file' | 'key' | 'password store' | 'settings' | 'inventory';

export interface OutputOptions {
  /** True: the person asked to replace what is there. */
  replace: boolean;
  /** Kinds that may be replaced, because the output is of that kind itself. */
  mayReplace?: readonly KnownKind[];
  /** Files that are used now, or will be: neither they nor the files next to them are written over. */
  inUse?: readonly string[];
}

/** What SQLite and Heron keep next to a history, named after it. */
const companion = /^(.+?)(-wal|-shm|-journal|\.lock|\.signing-key|\.salvaged|\.salvaging)$/i;
const mostReadBytes = 1 << 20;

/**
 * Where an output file is to be written: `out`, links resolved. Throws a HistoryError when something is there that must stay: any file
 * unless `replace`; with it, whatever is not a plain file, and a history, key, store, settings or inventory of Heron.
 */
export function outputTarget(out: string, { replace, mayReplace = [], inUse = [] }: OutputOptions): string {
  refuseInUse(out, inUse);
  const status = lstatSync(out, { throwIfNoEntry: false });
  const target = status ? targetOf(out) : realNewName(out);
  refuseInUse(target, inUse);
  refuseCompanion(target, out);
  if (status === undefined) return target;
  if (!replace)
    throw refused(out, 'There is a file of this name already.', 'Choose another name, or use --force.');
  const real = lstatSync(target);
  if (real.isDirectory()) throw refused(out, 'This is a folder.', 'Name a file.');
  if (!real.isFile()) throw refused(out, 'This is a device or a pipe.', 'Name a file.');
  const kind = knownKind(target);
  if (kind !== null && !mayReplace.includes(kind))
    throw refused(
      out,
      `${articleOf(kind)} ${kind} is there, which Heron does not overwrite.`,
      'Choose another name.',
    );
  if (kind === 'history' && real.nlink > 1)
    throw refused(out, 'This history has a second name (hard link).', 'Choose another name.');
  return target;
}

/** What is in a file: histories and incident files by their header, Heron's JSON files by their members. */
export function knownKind(file: string): KnownKind | null {
  // A history that is open, in this process perhaps, is not opened here: closing it again would drop SQLite's locks on it.
  if (['-wal', '-shm'].some((log) => existsSync(`${file}${log}`))) return 'history';
  const head = Buffer.alloc(mostReadBytes);
  const descriptor = openSync(file, 'r');
  let bytes: number;
  try {
    bytes = readSync(descriptor, head, 0, mostReadBytes, 0);
  } finally {
    closeSync(descriptor);
  }
  const text = head.toString('latin1', 0, bytes);
  if (text.startsWith('SQLite format 3\0')) return isIncidentFile(file) ? 'incident file' : 'history';
  return kindOfText(text);
}

function kindOfText(text: string): KnownKind | null {
  const has = (member: string): boolean => text.includes(`"${member}"`);
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return 'key';
  if (!/^[\s\u00ef\u00bb\u00bf]*[{/]/.test(text)) return null;
  // A support bundle holds an inventory among other things, and may be saved again.
  if (/^\s*\{\s*"type":\s*"support"/.test(text)) return null;
  if (has('secret') && has('former')) return 'key';
  if (has('passwords') && has('version')) return 'password store';
  if (has('encrypted') && has('version')) return 'key';
  if ((has('keys') && has('fingerprint')) || (has('theme') && has('trapPort'))) return 'settings';
  return has('standaloneEdges') || (has('clusters') && has('credentials')) ? 'inventory' : null;
}

/** A file that cannot be read is not taken for one that may be replaced. */
function isIncidentFile(file: string): boolean {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return isExtract(db);
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

function targetOf(out: string): string {
  try {
    return realpathSync(out);
  } catch {
    throw refused(out, 'This is a link to a file that is not there.', 'Name the file itself.');
  }
}

function realNewName(out: string): string {
  const folder = path.dirname(path.resolve(out));
  if (!existsSync(folder)) throw refused(out, 'There is no such folder.', 'Make it, or choose another.');
  return path.join(realpathSync(folder), path.basename(out));
}

function refuseCompanion(target: string, out: string): void {
  const base = companion.exec(path.basename(target))?.[1];
  if (base === undefined) return;
  const folder = path.dirname(target);
  const owner = readdirSync(folder).find((name) => sameName(name, base));
  if (owner === undefined || !lstatSync(path.join(folder, owner)).isFile()) return;
  if (knownKind(path.join(folder, owner)) === 'history')
    throw refused(out, `This name belongs to the history ${owner} next to it.`, 'Choose another name.');
}

function refuseInUse(target: string, inUse: readonly string[]): void {
  for (const file of inUse) {
    const used = existsSync(file) ? realpathSync(file) : path.resolve(file);
    const name = path.basename(target);
    const base = companion.exec(name)?.[1] ?? name;
    const folder = path.dirname(path.resolve(target));
    const names = [name, base];
    const named =
      sameName(folder, path.dirname(used)) && names.some((one) => sameName(one, path.basename(used)));
    // By its number too, without opening it: closing a descriptor of an open history drops SQLite's locks on it.
    if (named || sameFile(target, used))
      throw refused(target, `This name belongs to ${used}, which is in use.`, 'Choose another name.');
  }
}

function sameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((file) => statSync(file, { throwIfNoEntry: false, bigint: true }));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/** Some file systems do not tell upper case from lower case, or one Unicode form from another. */
function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}

function articleOf(kind: KnownKind): 'A' | 'An' | 'A file of' {
  if (kind === 'settings') return 'A file of';
  return kind.startsWith('i') ? 'An' : 'A';
}

function refused(where: string, what: string, todo: string): HistoryError {
  return new HistoryError({ code: 'not-writable', what, where, todo: `${todo} Nothing was written.` });
}
