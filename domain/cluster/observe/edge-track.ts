import type { Health, Reason } from '../../model/health';
import type { HttpReading, Reading, SnmpReading, SourceResult, UnreachableCode } from '../../model/reading';
import { observeAnswerTime, type AnswerTime } from './answer-time';
import { interfaceRates, type InterfaceRates } from './interface-rates';

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
  /** The last full SNMP reading, and when it ended. */
  device: SnmpReading | null;
  deviceMs: number | null;
  deviceMonotonicMs: number | null;
  page: HttpReading | null;
  answerTime: AnswerTime | null;
  rates: InterfaceRates | null;
  rebootedAtMs: number | null;
  lastPollMs: number | null;
  lastPollMonotonicMs: number | null;
  lastPollStartedMonotonicMs: number | null;
  /** When it was first noted that others answer while this edge fails; null while it answers. See noteOthersAnswered. */
  othersNotedMonotonicMs: number | null;
  health: Health;
  sinceMs: number | null;
  reasons: Reason[];
}

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

export function newEdgeTrack(edgeId: string): EdgeTrack {
  return {
    edgeId,
    snmp: notAsked,
    http: notAsked,
    tcp: notAsked,
    device: null,
    deviceMs: null,
    deviceMonotonicMs: null,
    page: null,
    answerTime: null,
    rates: null,
    rebootedAtMs: null,
    lastPollMs: null,
    lastPollMonotonicMs: null,
    lastPollStartedMonotonicMs: null,
    othersNotedMonotonicMs: null,
    health: 'unknown',
    sinceMs: null,
    reasons: [{ code: 'not-read-yet', fact: 'Not read yet.', detail: 'The first poll is due.' }],
  };
}

/** Applies a reading to what is known of the edge; judging it is left to judge-edge.ts. */
export function observeEdge(track: EdgeTrack, reading: Reading): EdgeTrack {
  const next: EdgeTrack = {
    ...track,
    snmp: observeSource(track.snmp, reading.snmp, reading),
    http: observeSource(track.http, reading.http, reading),
    tcp: observeSource(track.tcp, reading.tcp, reading),
    lastPollMs: reading.finishedAtMs,
    lastPollMonotonicMs: reading.finishedMonotonicMs,
    lastPollStartedMonotonicMs: reading.startedMonotonicMs,
  };
  if (reading.http.outcome === 'answered') next.page = reading.http.value;
  if (reading.snmp.outcome !== 'answered' || reading.snmp.value.roleOnly) return next;
  const device = reading.snmp.value;
  next.answerTime = observeAnswerTime(track.answerTime, reading.snmp.latencyMs);
  if (hasRestarted(track.device, device)) {
    next.rebootedAtMs = reading.finishedAtMs - (device.systemUptimeMs ?? 0);
  }
  // The counters were read at some time within the poll: its middle is the best estimate.
  const atMonotonicMs = (reading.startedMonotonicMs + reading.finishedMonotonicMs) / 2;
  if (track.device && track.deviceMonotonicMs !== null) {
    next.rates = interfaceRates(
      track.device,
      device,
      atMonotonicMs - track.deviceMonotonicMs,
      next.rebootedAtMs !== track.rebootedAtMs,
    );
  }
  next.device = device;
  next.deviceMs = reading.finishedAtMs;
  next.deviceMonotonicMs = atMonotonicMs;
  return next;
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
  // A failure of the local network says nothing about the edge: its silence starts after that.
  const restarts = track.lastFailure?.code === 'own-network' && result.code !== 'own-network';
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

/** hrSystemUptime fell: the machine restarted (sysUpTime alone falls when only the agent does, and wraps after 497 days). */
function hasRestarted(before: SnmpReading | null, after: SnmpReading): boolean {
  const uptime = (device: SnmpReading): number | null => device.systemUptimeMs ?? device.agentUptimeMs;
  const was = before ? uptime(before) : null;
  const is = uptime(after);
  const wrapMs = 2 ** 32 * 10;
  return was !== null && is !== null && is < was && was - is < wrapMs * 0.9;
}
