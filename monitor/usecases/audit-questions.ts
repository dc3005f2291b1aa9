import type { AskedQuestion, AuditAnswer, AuditQuestion } from '../../domain/contract/audit-question';
import { zonedIso } from '../../domain/calendar/zone';
import type { ActiveLb } from '../../domain/model/snapshot';
import type { Cell } from '../../domain/report/table-text';
import type { HistoryReadable } from '../../db/client/history';
import type { Answer, QuestionScope } from './audit-answer';
import { availabilityAnswer } from './audit-availability';
import { eventAnswers } from './audit-events';
import { configuredIn } from './collect-report';
import { iso, isoOrNull } from './iso-time';

type Question = (history: HistoryReadable, scope: QuestionScope) => Answer | Promise<Answer>;

/** The questions by name. Times are ISO 8601 in UTC, lengths in milliseconds. */
const questions: Readonly<Record<AuditQuestion, Question>> = {
  ...eventAnswers,
  availability: availabilityAnswer,
  'active-lb': (history, scope) => ({
    columns: ['at_utc', 'cluster', 'active_lb', 'known', 'since_utc', 'cluster_state'],
    shown: ['cluster', 'active_lb', 'known', 'since_utc', 'cluster_state'],
    recordedColumn: 'at_utc',
    rows: activeLbs(history, scope),
    notes: [],
  }),
  configuration: (history, scope) => ({
    columns: ['at_utc', 'entry', 'field', 'before', 'after'],
    shown: ['at_utc', 'entry', 'field', 'before', 'after'],
    recordedColumn: 'at_utc',
    rows: configuration(history, scope),
    notes: [],
  }),
  gaps: (history, scope) => ({
    columns: ['from_utc', 'to_utc', 'length_ms', 'reason', 'words', 'clusters'],
    shown: ['from_utc', 'to_utc', 'length_ms', 'words', 'clusters'],
    recordedColumn: 'to_utc',
    rows: gaps(history, scope),
    notes: [],
  }),
};

/** Answers a question. In a zone, each time in UTC is followed by the local one, and the zone is named in the last column. */
export async function answerQuestion(
  history: HistoryReadable,
  { question, ...scope }: AskedQuestion,
): Promise<Answer> {
  const answer = await questions[question](history, scope);
  return scope.zone === null ? answer : withLocalTimes(answer, scope.zone);
}

const utc = /_utc$/;
/** As many as the months of a century have beginnings and ends. */
const cachedTimes = 2400;

function withLocalTimes(answer: Answer, zone: string): Answer {
  const local = (names: readonly string[]): string[] =>
    names.flatMap((name) => (utc.test(name) ? [name, name.replace(utc, '_local')] : [name]));
  return {
    ...answer,
    columns: [...local(answer.columns), 'zone'],
    shown: answer.shown.map((name) => name.replace(utc, '_local')),
    rows: withLocalCells(answer, zone),
  };
}

async function* withLocalCells({ columns, rows }: Answer, zone: string): AsyncGenerator<Cell[]> {
  const isTime = columns.map((name) => utc.test(name));
  const local = localTimes(zone);
  for await (const cells of rows) {
    const both = cells.flatMap((cell, index) => {
      if (!isTime[index]) return [cell];
      return [cell, typeof cell === 'string' ? local(cell) : null];
    });
    yield [...both, zone];
  }
}

/** Later times have no local date in JavaScript in some zone: a day before its last. */
const lastLocalMs = 8.64e15 - 86_400_000;

/** Turns times in UTC into local ones. Rows share many: the months of every cluster begin at the same times. */
function localTimes(zone: string): (utcIso: string) => string {
  const known = new Map<string, string>();
  return (utcIso) => {
    const cached = known.get(utcIso);
    if (cached !== undefined) return cached;
    const atMs = Date.parse(utcIso);
    // A file may claim a time that JavaScript has no date for.
    const local = Math.abs(atMs) < lastLocalMs ? zonedIso(atMs, zone) : utcIso;
    if (known.size < cachedTimes) known.set(utcIso, local);
    return local;
  };
}

async function* activeLbs(history: HistoryReadable, scope: QuestionScope): AsyncGenerator<Cell[]> {
  const { atMs, clusterIds } = scope;
  const { clusters } = await history.snapshotAt({ atMs });
  for (const { id, kind, name, activeLb, health } of clusters) {
    if (kind === 'standalone' || !(clusterIds?.includes(id) ?? true)) continue;
    yield [iso(atMs), name, ...activeLbCells(activeLb), health];
  }
}

function activeLbCells(lb: ActiveLb): [edge: Cell, known: Cell, since: Cell] {
  switch (lb.kind) {
    case 'one':
      return [lb.edgeName, 'one', isoOrNull(lb.sinceMs)];
    case 'several':
      return [lb.edgeNames.join(', '), 'several', isoOrNull(lb.sinceMs)];
    case 'none':
      return [null, 'none', isoOrNull(lb.sinceMs)];
    case 'unknown':
      return [null, 'unknown', null];
    case 'not-applicable':
      return [null, 'not-applicable', null];
  }
}

/** Every changed field; of chosen clusters, those of the clusters and of the edges that they had. */
async function* configuration(history: HistoryReadable, scope: QuestionScope): AsyncGenerator<Cell[]> {
  const { range, clusterIds } = scope;
  const chosen = clusterIds === null ? null : await entriesOf(history, scope);
  for (const { atMs, entry, field, before, after } of await history.configurationChanges(range))
    if (chosen === null || chosen.has(entry)) yield [iso(atMs), entry, field, before, after];
}

/** The entries of the chosen rows, by every name that they had in the range. */
async function entriesOf(history: HistoryReadable, scope: QuestionScope): Promise<Set<string>> {
  const rows = await configuredIn(history, scope);
  return new Set(
    rows.flatMap(({ kind, names, edges }) => [
      ...(kind === 'cluster' ? names.map((name) => `cluster "${name}"`) : []),
      ...edges.flatMap((edge) => edge.names.map((name) => `edge "${name}"`)),
    ]),
  );
}

async function* gaps(history: HistoryReadable, { range, clusterIds }: QuestionScope): AsyncGenerator<Cell[]> {
  for (const gap of await history.gaps(range)) {
    if (clusterIds && gap.clusterIds && !gap.clusterIds.some((id) => clusterIds.includes(id))) continue;
    const of = gap.clusterIds?.join(', ') ?? 'all';
    yield [iso(gap.fromMs), iso(gap.toMs), gap.toMs - gap.fromMs, gap.reason, gap.words, of];
  }
}

/** Answers a question with at most `limit` rows. */
export async function readAnswer(
  history: HistoryReadable,
  asked: AskedQuestion,
  limit: number,
): Promise<AuditAnswer> {
  const { columns, shown, recordedColumn, rows, notes } = await answerQuestion(history, asked);
  const read: Cell[][] = [];
  let cut = false;
  for await (const cells of rows) {
    cut = read.length === limit;
    if (cut) break;
    read.push(cells);
  }
  return { columns: [...columns], shown: [...shown], recordedColumn, rows: read, cut, notes: [...notes] };
}
