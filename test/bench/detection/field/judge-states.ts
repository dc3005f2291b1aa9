import type { Reading } from '../../../../domain/model/reading';
import { wasAnswered } from '../../../../domain/model/reading';

/** An edge may be down as silent only if it has not answered for so long: two role polls. */
const silentMs = 1_500;
/** An edge that was silent and answers is shown as down until its page, which was silent, too, was asked again. */
const pageMs = 6_000;

/** When each edge's polls were answered, UTC milliseconds in order. */
export class AnswerLog {
  readonly #answers = new Map<string, number[]>();

  add(edgeName: string, reading: Reading): void {
    if (!wasAnswered(reading)) return;
    const answers = this.#answers.get(edgeName) ?? [];
    answers.push(reading.finishedAtMs);
    this.#answers.set(edgeName, answers);
  }

  /** The last answer of an edge at or before a time; -Infinity: none. */
  lastBefore(edgeName: string, atMs: number): number {
    return (this.#answers.get(edgeName) ?? []).findLast((answer) => answer <= atMs) ?? -Infinity;
  }
}

/** The states that were printed although they were false, in words: an edge that answers is never down for its silence. */
export function falseStates(
  lines: readonly { atMs: number; line: Record<string, unknown> }[],
  answers: AnswerLog,
  untilMs: number,
): string[] {
  const down = new Map<string, number>();
  const wrong: string[] = [];
  const end = (edge: string, atMs: number): void => {
    const sinceMs = down.get(edge);
    if (sinceMs === undefined) return;
    down.delete(edge);
    const answered = answers.lastBefore(edge, atMs - pageMs);
    if (answered > sinceMs)
      wrong.push(`${edge} was shown as down at ${atMs}, and had answered at ${answered}`);
  };
  for (const { atMs, line } of lines) {
    if (Date.parse(String(line['time'])) > atMs + 1)
      wrong.push(`${String(line['type'])} is dated ${String(line['time'])}, and was printed before`);
    if (line['type'] !== 'edge-state') continue;
    const edge = String(line['edge']);
    end(edge, atMs);
    const reasons = line['reasons'] as { code: string }[];
    if (line['to'] !== 'down' || reasons[0]?.code !== 'silent') continue;
    down.set(edge, atMs);
    const answered = answers.lastBefore(edge, atMs);
    if (atMs - answered < silentMs)
      wrong.push(`${edge} is down as silent at ${atMs}, and answered at ${answered}`);
  }
  for (const edge of [...down.keys()]) end(edge, untilMs);
  return wrong;
}
