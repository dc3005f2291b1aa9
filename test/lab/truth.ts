import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { faultKinds } from './fault-kinds';

/** The LB of an edge changed its role, as ucarp's own up and down scripts stamped it. UTC milliseconds. */
const roleLineSchema = z.strictObject({
  timeMs: z.int(),
  cluster: z.string(),
  edge: z.string(),
  role: z.enum(['init', 'backup', 'master']),
});
export type RoleLine = z.infer<typeof roleLineSchema>;

/** A fault was made, or everything was put right (`restore`). It took effect between `timeMs` and `endMs`. */
const faultLineSchema = z.strictObject({
  timeMs: z.int(),
  endMs: z.int(),
  cluster: z.string().nullable(),
  edge: z.string().nullable(),
  fault: z.enum([...faultKinds, 'restore']),
});
export type FaultLine = z.infer<typeof faultLineSchema>;

export type TruthLine = RoleLine | FaultLine;
const truthLineSchema = z.union([roleLineSchema, faultLineSchema]);

/** Where a lab's ground truth is, one JSON object a line. */
export function truthFile(labFolder: string): string {
  return path.join(labFolder, 'truth.jsonl');
}

/** One write for each line: several edges append to the same file. */
export function writeTruth(labFolder: string, line: TruthLine): void {
  appendFileSync(truthFile(labFolder), `${JSON.stringify(line)}\n`);
}

/** The ground truth so far, by time. A line that is just being written is left for the next reading. */
export function readTruth(labFolder: string): TruthLine[] {
  const text = readFileSync(truthFile(labFolder), 'utf8');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => truthLineSchema.parse(JSON.parse(line)))
    .sort((a, b) => a.timeMs - b.timeMs);
}

export function isRoleLine(line: TruthLine): line is RoleLine {
  return 'role' in line;
}
