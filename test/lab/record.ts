import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { labOptionsSchema, type LabOptions } from './options';
import { mostLabs } from './plan';

/** Where the machine's labs are listed, one file for each. Gone after a reboot, as the labs are. */
export const recordFolder = '/run/heron-lab';

const recordSchema = z.object({
  id: z.int().min(0),
  folder: z.string(),
  /** Whether the folder was made for the lab and goes with it. */
  ownFolder: z.boolean(),
  /** The process whose end makes the lab stale; null: the lab stays until `down`. */
  owner: z.object({ pid: z.int(), startTicks: z.string() }).nullable(),
  options: labOptionsSchema,
});
export type LabRecord = z.infer<typeof recordSchema>;

/** Takes the first free id; the record's file is the lock. */
export function claimLab(folder: string | null, options: LabOptions): LabRecord {
  mkdirSync(recordFolder, { recursive: true, mode: 0o755 });
  for (let id = 0; id < mostLabs; id += 1) {
    const record: LabRecord = {
      id,
      folder: folder ?? path.join(recordFolder, String(id)),
      ownFolder: folder === null,
      owner: thisProcess(),
      options,
    };
    try {
      writeFileSync(recordFile(id), JSON.stringify(record), { flag: 'wx' });
      return record;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`${mostLabs} labs are up already. Take some down: node test/lab/lab.mjs down --all`);
}

/** Lets a lab outlive the process that made it. */
export function disownLab(record: LabRecord): void {
  writeFileSync(recordFile(record.id), JSON.stringify({ ...record, owner: null }));
}

export function dropRecord(id: number): void {
  rmSync(recordFile(id), { force: true });
}

/** The labs of this machine, stale ones included, in the order of their ids. */
export function readRecords(): LabRecord[] {
  return recordFileIds()
    .map((id) => readRecord(id))
    .filter((record) => record !== null)
    .sort((a, b) => a.id - b.id);
}

/** Ids that have a record, readable or not. */
export function recordFileIds(): number[] {
  let names: string[] = [];
  try {
    names = readdirSync(recordFolder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return names.flatMap((name) => (/^\d+\.json$/.test(name) ? [Number.parseInt(name, 10)] : []));
}

/** A lab's record; null when it is gone, or was left half-written by a crash. */
export function readRecord(id: number): LabRecord | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(recordFile(id), 'utf8')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** Whether the process that a lab belongs to has ended. */
export function isStale(record: LabRecord): boolean {
  return record.owner !== null && startTicks(record.owner.pid) !== record.owner.startTicks;
}

function recordFile(id: number): string {
  return path.join(recordFolder, `${id}.json`);
}

function thisProcess(): { pid: number; startTicks: string } {
  return { pid: process.pid, startTicks: startTicks(process.pid) ?? '' };
}

/** When a process started, in the kernel's ticks: tells it from a later one with the same number. proc(5). */
function startTicks(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
