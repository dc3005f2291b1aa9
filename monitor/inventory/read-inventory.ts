import { open, type FileHandle } from 'node:fs/promises';
import type { InventoryProblem } from '../../domain/inventory/inventory-problem';
import {
  checkInventory,
  maxInventoryBytes,
  tooLarge,
  type InventoryCheck,
} from '../../domain/inventory/inventory-rules';

/**
 * Reads and validates an inventory file. Never throws: all that is wrong, also with the file itself, is in the problems. Reads at most
 * the allowed size, whatever the file claims; a pipe (`<(…)` of a shell) is read like a file.
 */
export async function readInventory(file: string): Promise<InventoryCheck> {
  try {
    const handle = await open(file, 'r');
    try {
      return await readFrom(handle);
    } finally {
      await handle.close();
    }
  } catch (fault) {
    return refused(unreadable(fault));
  }
}

async function readFrom(handle: FileHandle): Promise<InventoryCheck> {
  const about = await handle.stat();
  if (about.isDirectory()) return refused(wholeFile('This is a folder.', 'Name the inventory file in it.'));
  if (about.size > maxInventoryBytes) return refused(tooLarge(about.size));
  const bytes = await contentOf(handle);
  if (bytes.length > maxInventoryBytes) return refused(tooLarge(bytes.length));
  try {
    return checkInventory(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    return refused(
      wholeFile('This is not UTF-8 text.', 'Save it as UTF-8, or check that this is the right file.'),
    );
  }
}

/** The whole content, or one byte more than is allowed: the size of a pipe or device is not known beforehand. */
async function contentOf(handle: FileHandle): Promise<Buffer> {
  const parts: Buffer[] = [];
  const stream = handle.createReadStream({ end: maxInventoryBytes, autoClose: false });
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const causes: Record<string, [reason: string, todo: string]> = {
  ENOENT: ['There is no such file.', 'Check the name.'],
  ENOTDIR: ['There is no such file.', 'Check the name.'],
  EACCES: ['Reading it is not allowed.', 'Give the user who runs Heron the right to read it.'],
  EPERM: ['Reading it is not allowed.', 'Give the user who runs Heron the right to read it.'],
  EISDIR: ['This is a folder.', 'Name the inventory file in it.'],
};

function unreadable(fault: unknown): InventoryProblem {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
  const [reason, todo] = causes[code] ?? [`It cannot be read (${code}).`, 'Check the file and its disk.'];
  return wholeFile(reason, todo);
}

function wholeFile(reason: string, todo: string): InventoryProblem {
  return { place: 'the whole file', line: null, reason, todo };
}

function refused(problem: InventoryProblem): InventoryCheck {
  return { ok: false, problems: [problem] };
}
