import type { Reading, SnmpReading, UnansweredPart } from '../../model/reading';
import { thresholds } from '../../model/thresholds';

/** The kinds of answer of a full SNMP reading that have a freshness of their own; roles have their track. */
export const answerParts = ['device', 'interfaces', 'watched'] as const;
export type AnswerPart = (typeof answerParts)[number];

/** How one kind of answer has been arriving. Times are UTC milliseconds. */
export interface PartTrack {
  answeredMs: number | null;
  /** Polls in a row that did not get it, although the agent answers others; when the first of them began. */
  missed: number;
  missedSinceMs: number | null;
  /** The last poll had no answer at all, so that the last values are older. */
  isStale: boolean;
  /** Since when it has been missing for too many polls to be a lost packet; until it was answered repeatedly. */
  lostSinceMs: number | null;
  /** Answers in a row since it was lost. */
  regained: number;
  words: string;
}

export type PartTracks = Readonly<Record<AnswerPart, PartTrack>>;

/** How an agent has been answering role polls, in comparison with full ones. */
export interface RolePollTrack {
  failures: number;
  failingSinceMs: number | null;
  /** Full polls that were answered since then, after enough failures: one alone may be the end of a silence. */
  contradictions: number;
  /** Since when role polls have not been answered while full ones are; until they are answered repeatedly. */
  lostSinceMs: number | null;
  regained: number;
}

const newPart: PartTrack = {
  answeredMs: null,
  missed: 0,
  missedSinceMs: null,
  isStale: false,
  lostSinceMs: null,
  regained: 0,
  words: '',
};

let latestAnswered: PartTrack = newPart;

export const newParts: PartTracks = { device: newPart, interfaces: newPart, watched: newPart };
export const newRolePolls: RolePollTrack = {
  failures: 0,
  failingSinceMs: null,
  contradictions: 0,
  lostSinceMs: null,
  regained: 0,
};

/**
 * Applies a poll. A full poll without an answer counts only if the agent answered its poll before (`isAnswering`): silence is no loss of a
 * kind of answer.
 */
export function observeParts(tracks: PartTracks, reading: Reading, isAnswering: boolean): PartTracks {
  const { snmp } = reading;
  if (reading.kind !== 'health' || snmp.outcome === 'not-asked') return tracks;
  if (snmp.outcome === 'unreachable' && (!isAnswering || snmp.code === 'own-network')) return tracks;
  const missingOf = (part: AnswerPart): string | null =>
    snmp.outcome === 'unreachable' ? snmp.words : (unansweredIn(snmp.value, part)?.words ?? null);
  const observed = (part: AnswerPart): PartTrack => observePart(tracks[part], missingOf(part), reading);
  return { device: observed('device'), interfaces: observed('interfaces'), watched: observed('watched') };
}

/** Answered, and not lost. The same for all kinds that one reading has. */
function answeredAt(answeredMs: number): PartTrack {
  if (latestAnswered.answeredMs !== answeredMs) latestAnswered = { ...newPart, answeredMs };
  return latestAnswered;
}

/** `missing`: why the poll did not get it; null: it did. */
function observePart(track: PartTrack, missing: string | null, reading: Reading): PartTrack {
  if (missing === null) {
    if (track.lostSinceMs === null) return answeredAt(reading.finishedAtMs);
    const regained = track.regained + 1;
    const lostSinceMs = regained < thresholds.regainedAnswers ? track.lostSinceMs : null;
    return { ...newPart, answeredMs: reading.finishedAtMs, lostSinceMs, regained };
  }
  const missed = track.missed + 1;
  const missedSinceMs = track.missedSinceMs ?? reading.startedAtMs;
  const lostSinceMs = track.lostSinceMs ?? (missed >= thresholds.lostAnswers ? missedSinceMs : null);
  const isStale = reading.snmp.outcome === 'unreachable';
  return { ...track, missed, missedSinceMs, isStale, lostSinceMs, regained: 0, words: missing };
}

export function observeRolePolls(track: RolePollTrack, { kind, snmp, startedAtMs }: Reading): RolePollTrack {
  if (snmp.outcome === 'not-asked') return track;
  const isAnswered = snmp.outcome === 'answered';
  if (kind === 'health') {
    if (!isAnswered || track.lostSinceMs !== null || track.failures < thresholds.lostAnswers) return track;
    const contradictions = track.contradictions + 1;
    const lostSinceMs = contradictions < 2 ? null : track.failingSinceMs;
    return { ...track, contradictions, lostSinceMs };
  }
  if (!isAnswered) {
    const failingSinceMs = track.failingSinceMs ?? startedAtMs;
    return { ...track, failures: track.failures + 1, failingSinceMs, regained: 0 };
  }
  if (track.failures === 0 && track.lostSinceMs === null) return track;
  const regained = track.regained + 1;
  return track.lostSinceMs === null || regained >= thresholds.regainedAnswers
    ? newRolePolls
    : { ...track, failures: 0, failingSinceMs: null, contradictions: 0, regained };
}

/** Whether any kind of answer is lost. */
export function isAnyLost({ device, interfaces, watched }: PartTracks): boolean {
  return device.lostSinceMs !== null || interfaces.lostSinceMs !== null || watched.lostSinceMs !== null;
}

/** The kinds of answer that are lost. */
export function lostParts(tracks: PartTracks): AnswerPart[] {
  return answerParts.filter((part) => tracks[part].lostSinceMs !== null);
}

/** A full poll failed as before while role polls are answered: it says nothing about the role, and is no lost packet either. */
export function isExpectedMiss(
  parts: PartTracks,
  { failures }: RolePollTrack,
  { kind, snmp }: Reading,
): boolean {
  if (kind !== 'health' || snmp.outcome !== 'unreachable' || failures > 0) return false;
  return answerParts.every((part) => parts[part].lostSinceMs !== null);
}

function unansweredIn({ unanswered }: SnmpReading, part: AnswerPart): UnansweredPart | undefined {
  return unanswered?.find((one) => one.part === part);
}

const deviceFields = [
  ...(['reportedName', 'description', 'caConnectivity', 'loggingConnectivity', 'cpuPercent'] as const),
  ...(['swapPercent', 'systemUptimeMs', 'agentUptimeMs', 'tcpEstablished'] as const),
];

/** A reading in which what it did not get for a moment is as it was read before. What is lost stays as it is: null or empty. */
export function bridged(before: SnmpReading | null, reading: SnmpReading, tracks: PartTracks): SnmpReading {
  if (!before || !reading.unanswered || reading.unanswered.length === 0) return reading;
  const isMissing = (part: AnswerPart): boolean =>
    tracks[part].missed > 0 && tracks[part].lostSinceMs === null;
  const next = { ...reading };
  if (isMissing('device')) for (const field of deviceFields) restoreField(next, before, field);
  if (isMissing('interfaces')) {
    next.interfaces = before.interfaces.map((was) => {
      const is = reading.interfaces.find(({ index, name }) => index === was.index && name === was.name);
      return is ? { ...is, adminUp: is.adminUp ?? was.adminUp, operUp: is.operUp ?? was.operUp } : was;
    });
    if (reading.interfaces.length === 0) next.interfaceUse = before.interfaceUse;
  }
  if (isMissing('watched')) {
    const isRead = new Set(reading.watched.map(({ table, name }) => `${table} ${name}`));
    const others = before.watched.filter(({ table, name }) => !isRead.has(`${table} ${name}`));
    next.watched = [...reading.watched, ...others];
  }
  return next;
}

function restoreField<F extends (typeof deviceFields)[number]>(
  to: SnmpReading,
  from: SnmpReading,
  field: F,
): void {
  to[field] ??= from[field];
}

/** The last full reading without what is lost since: null or empty instead of values of an earlier time. */
export function withoutLost(device: SnmpReading, tracks: PartTracks): SnmpReading {
  if (!isAnyLost(tracks)) return device;
  const gone = answerParts.filter((part) => isGone(tracks[part]));
  if (gone.length === 0) return device;
  const next = { ...device };
  if (gone.includes('device')) for (const field of deviceFields) next[field] = null;
  if (gone.includes('interfaces')) next.interfaces = [];
  if (gone.includes('watched')) next.watched = [];
  return next;
}

/** Whether the last values of a kind of answer no longer apply. */
export function isGone({ lostSinceMs, isStale }: PartTrack): boolean {
  return lostSinceMs !== null && isStale;
}
