import type { Judged } from './run';
import type { RunResult } from './demo-run';

/** What took longer than this after the take-over is worth explaining, though it is right. */
const slowMs = 1_500;

/** Whether a verdict needs explaining. */
export function isTrouble({ verdict }: Judged): boolean {
  if (verdict.outcome !== 'right' || (verdict.latencyMs ?? 0) > slowMs) return true;
  return [verdict.bracketMiss, verdict.kindMiss, verdict.gapMiss].some((miss) => miss !== null);
}

/** What truly happened and what was printed around a verdict, in order, seconds after its sequence began. */
export function storyOf({ verdict, played, evidence }: Judged, lines: RunResult['lines']): string {
  const zeroMs = played?.fromMs ?? verdict.atMs - 20_000;
  const toMs = (played?.toMs ?? verdict.atMs) + 5_000;
  const truth = evidence.truth.changes.map(({ timeMs, edge, role }) => ({
    atMs: timeMs,
    words: `truth   ${edge} ${role}`,
  }));
  const steps = (played?.sequence.steps ?? []).map(({ atMs, kind, edge }) => ({
    atMs: zeroMs + atMs,
    words: `fault   ${kind} ${edge ?? ''}`,
  }));
  const printed = lines
    .filter(({ line }) => line['cluster'] === evidence.cluster || line['type'] === 'gap')
    .map(({ atMs, line }) => ({ atMs, words: `printed ${brief(line, zeroMs)}` }));
  const story = [...truth, ...steps, ...printed]
    .filter(({ atMs }) => atMs >= zeroMs - 2_000 && atMs <= toMs)
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, words }) => `  ${seconds(atMs, zeroMs)} ${words}`);
  const what = [
    verdict.outcome,
    verdict.latencyMs && `after ${Math.round(verdict.latencyMs)} ms`,
    verdict.bracketMiss,
    verdict.kindMiss,
    verdict.gapMiss,
  ]
    .filter(Boolean)
    .join('; ');
  const head = `${evidence.cluster} ${played?.sequence.name ?? 'between sequences'}: ${verdict.kind} ${verdict.words}`;
  return [`${head} at ${seconds(verdict.atMs, zeroMs)}: ${what}`, ...story].join('\n');
}

function brief(line: Record<string, unknown>, zeroMs: number): string {
  const bracket = line['bracket'] as { lastOld: string; firstNew: string } | null | undefined;
  const between = bracket
    ? ` [${seconds(Date.parse(bracket.lastOld), zeroMs)} ${seconds(Date.parse(bracket.firstNew), zeroMs)}]`
    : '';
  const facts = ['edge', 'edges', 'from', 'to', 'oldRoleAfter', 'words']
    .flatMap((name) => (line[name] === undefined ? [] : [String(line[name])]))
    .join(' ');
  const reasons = Array.isArray(line['reasons'])
    ? ` ${(line['reasons'] as { code: string }[]).map(({ code }) => code).join(',')}`
    : '';
  return `${String(line['type'])} ${facts}${between}${reasons}`;
}

function seconds(atMs: number, zeroMs: number): string {
  return ((atMs - zeroMs) / 1000).toFixed(3).padStart(7);
}
