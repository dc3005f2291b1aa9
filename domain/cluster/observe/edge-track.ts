import type { Health, Reason } from '../../model/health';
import type {
  HttpReading,
  Reading,
  SnmpReading,
  SourceResult,
  StaleName,
  UnreachableCode,
} from '../../model/reading';
import { thresholds } from '../../model/thresholds';
import { machineUptimeMs, observeUptime, uptimeWrapMs, type UptimeTrack } from '../../model/uptime';
import {
  bridged,
  isGone,
  newParts,
  newRolePolls,
  observeParts,
  observeRolePolls,
  withoutLost,
  type PartTracks,
  type RolePollTrack,
} from './answer-parts';
import { newSteadiness, type Steadiness } from './steadiness';
import { observeLbDown, type LbDown } from './lb-down';
import { observeAnswerTime, type AnswerTime } from './answer-time';
import { hasCounter, observeCounters, type CounterTrack, type InterfaceRates } from './interface-rates';

/** How one source of an edge (SNMP, HTTP, TCP) has been answering. Times are UTC milliseconds unless named monotonic. */
export interface SourceTrack {
  asked: boolean;
  answeredOnce: boolean;
  failures: number;
  firstFailureMs: number | null;
  firstFailureMonotonicMs: number | null;
  lastFailure: { code: UnreachableCode; words: string } | null;
  lastAnswerMs: number | null;
  lastAnswerMonotonicMs: number | null;
  latencyMs: number | null;
}

/** What is known of one edge: its last answers, and what it was last judged to be. */
export interface EdgeTrack {
  edgeId: string;
  snmp: SourceTrack;
  http: SourceTrack;
  tcp: SourceTrack;
  /** How each kind of answer of a full SNMP reading, and how role polls have been arriving. */
  parts: PartTracks;
  rolePolls: RolePollTrack;
  /** The last poll of a confirmed silence; what was read before it no longer applies. */
  silentMonotonicMs: number | null;
  /** The last full SNMP reading, and when it ended. */
  device: SnmpReading | null;
  deviceMs: number | null;
  deviceMonotonicMs: number | null;
  page: HttpReading | null;
  answerTime: AnswerTime | null;
  counters: CounterTrack | null;
  rates: InterfaceRates | null;
  systemUptime: UptimeTrack | null;
  agentUptime: UptimeTrack | null;
  /** Failed processes, and when each was first read to have failed after a reading in which it had not; UTC milliseconds. */
  processFailedMs: ReadonlyMap<string, number>;
  lbDown: LbDown | null;
  /** When the machine last started, if Heron saw its uptime restart. */
  rebootedAtMs: number | null;
  /** When the SNMP agent last started, if Heron saw its uptime restart: alone, or with its machine. */
  agentRestartedAtMs: number | null;
  /** Names whose look-ups failed at the last poll. */
  staleNames: readonly StaleName[];
  lastPollMs: number | null;
  lastPollMonotonicMs: number | null;
  lastPollStartedMonotonicMs: number | null;
  /** When it was first noted that others answer while this edge fails; null while it answers. See noteOthersAnswered. */
  othersNotedMonotonicMs: number | null;
  steadiness: Steadiness;
  /** The state before this one, while it is known. */
  before: { health: Health; sinceMs: number | null } | null;
  health: Health;
  sinceMs: number | null;
  reasons: Reason[];
}

const noNames: readonly StaleName[] = [];

const notAsked: SourceTrack = {
  asked: false,
  answeredOnce: false,
  failures: 0,
  firstFailureMs: null,
  firstFailureMonotonicMs: null,
  lastFailure: null,
  lastAnswerMs: null,
  lastAnswerMonotonicMs: null,
  latencyMs: null,
};

const noProcesses: ReadonlyMap<string, number> = new Map();

export function newEdgeTrack(edgeId: string): EdgeTrack {
  return {
    edgeId,
    snmp: notAsked,
    http: notAsked,
    tcp: notAsked,
    parts: newParts,
    rolePolls: newRolePolls,
    silentMonotonicMs: null,
    device: null,
    deviceMs: null,
    deviceMonotonicMs: null,
    page: null,
    answerTime: null,
    counters: null,
    rates: null,
    systemUptime: null,
    agentUptime: null,
    processFailedMs: noProcesses,
    lbDown: null,
    rebootedAtMs: null,
    agentRestartedAtMs: null,
    staleNames: noNames,
    lastPollMs: null,
    lastPollMonotonicMs: null,
    lastPollStartedMonotonicMs: null,
    othersNotedMonotonicMs: null,
    steadiness: newSteadiness,
    before: null,
    health: 'unknown',
    sinceMs: null,
    reasons: [{ code: 'not-read-yet', fact: 'Not read yet.', detail: 'The first poll is due.' }],
  };
}

/** Applies a reading to what is known of the edge; judging it is left to judge-edge.ts. */
export function observeEdge(track: EdgeTrack, reading: Reading): EdgeTrack {
  const rolePolls = observeRolePolls(track.rolePolls, reading);
  const isAnswering = track.snmp.failures === 0;
  // An agent that answers full polls is not silent because it does not answer role polls.
  const isIgnored = reading.kind === 'role' && rolePolls.lostSinceMs !== null && isAnswering;
  const next: EdgeTrack = {
    ...track,
    parts: observeParts(track.parts, reading, isAnswering),
    rolePolls,
    snmp:
      isIgnored && reading.snmp.outcome === 'unreachable'
        ? track.snmp
        : observeSource(track.snmp, reading.snmp, reading),
    http: observeSource(track.http, reading.http, reading),
    tcp: observeSource(track.tcp, reading.tcp, reading),
    staleNames: reading.staleNames ?? noNames,
    lastPollMs: reading.finishedAtMs,
    lastPollMonotonicMs: reading.finishedMonotonicMs,
    lastPollStartedMonotonicMs: reading.startedMonotonicMs,
  };
  if (reading.http.outcome === 'answered') next.page = reading.http.value;
  if (next.snmp.failures >= thresholds.silentPolls) next.silentMonotonicMs = reading.finishedMonotonicMs;
  if (reading.snmp.outcome !== 'answered') return next;
  const device = reading.snmp.value;
  // The values were read at some time within the poll: its middle is the best estimate.
  const atMonotonicMs = (reading.startedMonotonicMs + reading.finishedMonotonicMs) / 2;
  const restarted = observeUptimes(next, device, reading.finishedAtMs, atMonotonicMs);
  if (device.roleOnly) {
    // The counters may have restarted with the agent: the next full reading is the first.
    if (restarted) next.counters = null;
    return next;
  }
  // An agent whose first walk is not finished has answered nothing to judge it by.
  if (track.device === null && isUnread(device)) return next;
  next.answerTime = observeAnswerTime(track.answerTime, reading.snmp.latencyMs);
  next.counters = observeCounters(next.counters, device, atMonotonicMs, restarted);
  const isLost = next.parts.interfaces.lostSinceMs !== null && !device.interfaces.some(hasCounter);
  next.rates = isLost ? null : (next.counters?.rates ?? null);
  next.device = bridged(track.device, device, next.parts);
  next.processFailedMs = processFailures(track, next.device, reading.finishedAtMs);
  next.lbDown = observeLbDown(track.lbDown, device, reading.finishedAtMs);
  next.deviceMs = reading.finishedAtMs;
  next.deviceMonotonicMs = atMonotonicMs;
  return next;
}

function isUnread({ unanswered = [] }: SnmpReading): boolean {
  return ['device', 'interfaces', 'watched'].every((part) => unanswered.some((one) => one.part === part));
}

/** What is known of the device now: its last full reading without what is lost. */
export function currentDevice({ device, parts }: EdgeTrack): SnmpReading | null {
  return device && withoutLost(device, parts);
}

/** The same for its metrics, which a silence ends. */
export function currentMetrics(track: EdgeTrack): SnmpReading | null {
  const { snmp, deviceMonotonicMs, silentMonotonicMs } = track;
  const isSilent = snmp.failures >= thresholds.silentPolls;
  const isBefore = (deviceMonotonicMs ?? -Infinity) < (silentMonotonicMs ?? -Infinity);
  return isSilent || isBefore ? null : currentDevice(track);
}

/** The traffic of its interfaces now; null: unknown. */
export function currentRates(track: EdgeTrack): InterfaceRates | null {
  return currentMetrics(track) && !isGone(track.parts.interfaces) ? track.rates : null;
}

/** Of a process that had already failed at the first reading it is not known when it did. */
function processFailures(track: EdgeTrack, device: SnmpReading, nowMs: number): ReadonlyMap<string, number> {
  const failed = device.watched.filter((row) => row.table === 'process' && row.failed);
  if (failed.length === 0) return noProcesses;
  const before = track.device?.watched.filter((row) => row.table === 'process' && row.failed);
  return new Map(
    failed.flatMap(({ name }): [string, number][] => {
      const isNew = before?.every((row) => row.name !== name) ?? false;
      const sinceMs = track.processFailedMs.get(name) ?? (isNew ? nowMs : null);
      return sinceMs === null ? [] : [[name, sinceMs]];
    }),
  );
}

/** Applies the uptimes of an answer to `next`; whether the machine or its agent restarted since the last one. */
function observeUptimes(
  next: EdgeTrack,
  { systemUptimeMs, agentUptimeMs }: SnmpReading,
  nowMs: number,
  atMonotonicMs: number,
): boolean {
  const system = observeUptime(next.systemUptime, systemUptimeMs, atMonotonicMs);
  const agent = observeUptime(next.agentUptime, agentUptimeMs, atMonotonicMs);
  next.systemUptime = system.track;
  next.agentUptime = agent.track;
  if (system.restarted) next.rebootedAtMs = nowMs - (systemUptimeMs ?? 0);
  if (agent.restarted) next.agentRestartedAtMs = nowMs - (agentUptimeMs ?? 0);
  return system.restarted || agent.restarted;
}

/** For how long the machine was certainly up at its last full reading, milliseconds; null: it does not report that. */
export function machineUptimeOf(track: EdgeTrack): number | null {
  const { systemUptime } = track;
  const device = currentDevice(track);
  return device && machineUptimeMs(device.systemUptimeMs, device.agentUptimeMs, systemUptime?.wraps);
}

/** The machine's uptime, or where it reports none its agent's, milliseconds. */
export function uptimeOf(track: EdgeTrack): number | null {
  const agentMs = currentDevice(track)?.agentUptimeMs ?? null;
  const agentUptimeMs = agentMs === null ? null : agentMs + (track.agentUptime?.wraps ?? 0) * uptimeWrapMs;
  return machineUptimeOf(track) ?? agentUptimeMs;
}

function observeSource(track: SourceTrack, result: SourceResult<unknown>, reading: Reading): SourceTrack {
  if (result.outcome === 'not-asked') return track;
  if (result.outcome === 'answered') {
    return {
      asked: true,
      answeredOnce: true,
      failures: 0,
      firstFailureMs: null,
      firstFailureMonotonicMs: null,
      lastFailure: null,
      lastAnswerMs: reading.finishedAtMs,
      lastAnswerMonotonicMs: reading.finishedMonotonicMs,
      latencyMs: result.latencyMs,
    };
  }
  // Its silence starts after failures that say nothing about it.
  const restarts = track.lastFailure !== null && isOwnFailure(track.lastFailure) && !isOwnFailure(result);
  const before = restarts ? { failures: 0, firstFailureMs: null, firstFailureMonotonicMs: null } : track;
  return {
    ...track,
    asked: true,
    failures: before.failures + 1,
    firstFailureMs: before.firstFailureMs ?? reading.startedAtMs,
    firstFailureMonotonicMs: before.firstFailureMonotonicMs ?? reading.startedMonotonicMs,
    lastFailure: { code: result.code, words: result.words },
    latencyMs: null,
  };
}

/** Whether a failure says nothing about the edge: this computer's network was down, or nothing was sent for want of an address. */
export function isOwnFailure({ code }: { code: UnreachableCode }): boolean {
  return code === 'own-network' || code === 'no-address' || code === 'looking-up';
}
