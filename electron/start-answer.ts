import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { writeFileDurably } from '../monitor/base/write-file';

/*
 * A second instance learns from the first what became of its arguments. Electron passes data one way only, so the answer is a
 * file in the user data folder, which both share and only its owner may read.
 */

const answerSchema = z.object({
  /** `asking`: the window asks the person; another answer follows. */
  state: z.enum(['asking', 'done', 'refused']),
  words: z.string().max(20_000),
});
export type StartAnswer = z.infer<typeof answerSchema>;

export const answerIdSchema = z.uuid();

const pollMs = 50;

/** Writes the answer for the second instance with this ID. */
export async function writeStartAnswer(folder: string, id: string, answer: StartAnswer): Promise<void> {
  await writeFileDurably(fileOf(folder, id), JSON.stringify(answer), { replace: true });
}

/**
 * Waits for the last answer and removes its file.
 *
 * @param onAsking called once, when the window asks the person
 * @param firstWithinMs time for the first answer; `lastWithinMs`: for the person's decision
 * @returns null when none came in time
 */
export async function awaitStartAnswer(
  folder: string,
  id: string,
  onAsking: (words: string) => void,
  { firstWithinMs, lastWithinMs }: { firstWithinMs: number; lastWithinMs: number },
): Promise<StartAnswer | null> {
  const file = fileOf(folder, id);
  let leftMs = firstWithinMs;
  let asked = false;
  try {
    while (leftMs > 0) {
      const answer = await read(file);
      if (answer !== null && answer.state !== 'asking') return answer;
      if (answer !== null && !asked) {
        asked = true;
        leftMs = lastWithinMs;
        onAsking(answer.words);
      }
      await delay(pollMs);
      leftMs -= pollMs;
    }
    return null;
  } finally {
    await rm(file, { force: true });
  }
}

async function read(file: string): Promise<StartAnswer | null> {
  try {
    return answerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw fault;
  }
}

function fileOf(folder: string, id: string): string {
  return path.join(folder, `second-start-${id}.json`);
}
