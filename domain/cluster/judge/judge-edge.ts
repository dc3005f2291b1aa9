import { sentence } from '../../words/sentence';
import type { Health, Reason } from '../../model/health';
import type { Edge } from '../../inventory/inventory';
import type { LoadLimits } from '../../inventory/overrides';
import type { UnreachableCode } from '../../model/reading';
import { thresholds } from '../../model/thresholds';
import { answerTimeReasons } from '../observe/answer-time';
import { deviceReasons, rebootReasons } from './device-reasons';
import { currentDevice, machineUptimeOf, type EdgeTrack, type SourceTrack } from '../observe/edge-track';
import { partReasons, partsLostMs } from './part-reasons';
import { isOnlyOneSilent, isSourceSilent, serviceAnsweredMs, serviceSources } from '../observe/reachability';
import { judgeService, type ServiceAssessment } from './judge-service';
import { isSilent } from '../observe/silent-together';
import { isNameless, namelessReason, staleNameReasons } from './name-reasons';

/** What the judgement of an edge depends on besides its own track. */
export interface EdgeSurroundings {
  enabled: boolean;
  /** By default the general ones. */
  limits?: LoadLimits;
  /** It and all other edges fell silent, sooner than lost packets of a single edge could be told. */
  silentTogether?: boolean;
  /** Its LB has been INIT or FAULT long enough to count as stopped. */
  lbStopped: boolean;
  /** What is wrong with the witnesses of its LB's role. */
  witnessReasons?: readonly Reason[];
  /** What is worth knowing of its LB's groups, and no fault. */
  groupNotes?: readonly Reason[];
}

export interface Judgement {
  health: Health;
  reasons: Reason[];
  /** When the state began, where the evidence dates it better than the time of judging. UTC milliseconds. */
  beganMs: number | null;
}

/** Answers that refuse access: the edge works, but Heron cannot read it. */
const refusals: readonly UnreachableCode[] = [
  'wrong-user',
  'wrong-password',
  'wrong-privacy',
  'not-in-time-window',
  'no-credential',
  'unsupported',
  'bad-answer',
];

/**
 * Judges one edge by its track. It is down when its answers say so, or when only this edge is silent; it is unknown when Heron cannot
 * tell, which includes refused access and all edges being silent at once.
 */
export function judgeEdge(edge: Edge, track: EdgeTrack, around: EdgeSurroundings): Judgement {
  if (!around.enabled) return { health: 'disabled', reasons: [], beganMs: null };
  if (!edge.snmp && !edge.http && !edge.tcp) {
    return unknown(
      'no-source',
      `${edge.name} has no source to read.`,
      'Add snmp, http or tcp to it in the inventory.',
    );
  }
  const unreachable = judgeLocalNetwork(edge, track);
  if (unreachable) return unreachable;
  const service = judgeService(edge, track);
  const snmp = track.snmp;
  if (!edge.snmp || !snmp.asked) {
    if (serviceSources(edge, track).length === 0)
      return unknown('not-read-yet', `${edge.name} was not read yet.`, 'The first poll is due.');
    return judgeByService(edge, track, service, around.lbStopped);
  }
  if (isNameless(snmp)) return judgeNameless(edge, snmp);
  const throughSource = judgeScrape(edge, track);
  if (throughSource) return throughSource;
  // A single refusal between answers is no lasting one.
  const refused = snmp.failures > (snmp.answeredOnce ? 1 : 0);
  if (refused && refusals.includes(snmp.lastFailure?.code ?? 'failed')) {
    return {
      ...unknown('refused', `${edge.name} cannot be read.`, snmp.lastFailure?.words ?? ''),
      beganMs: snmp.firstFailureMs,
    };
  }
  if (around.silentTogether && isSilent(track) && !isOnlyOneSilent(track)) return allSilent(edge, track);
  if (isSourceSilent(snmp, track.lastPollMonotonicMs)) return judgeSilence(edge, track, service);
  const device = currentDevice(track);
  if (!device) {
    const [missing] = partReasons(edge.name, track);
    if (missing) return { health: 'unknown', reasons: [missing], beganMs: null };
    return unknown('not-read-yet', `${edge.name} was not read in full yet.`, snmp.lastFailure?.words ?? '');
  }
  const missing = partReasons(edge.name, track);
  const reasons = [
    ...service.reasons,
    ...deviceReasons(edge, device, around.limits),
    ...missing,
    ...answerTimeReasons(edge.name, track.answerTime),
  ];
  if (around.lbStopped) {
    // The LB comes first: its process's flag is only the reason.
    const failedAt = reasons.findIndex(({ code }) => code === 'lb-process-failed');
    if (failedAt >= 0) reasons.splice(failedAt, 1);
    reasons.unshift(lbStopped(edge));
  }
  reasons.push(...(around.witnessReasons ?? []));
  const isHealthy = reasons.length === 0;
  reasons.push(...(around.groupNotes ?? []));
  reasons.push(...staleNameReasons(edge.name, track.staleNames));
  reasons.push(...rebootReasons(edge.name, machineUptimeOf(track)));
  if (isHealthy) return { health: 'up', reasons, beganMs: null };
  const down = service.down || isDown(reasons);
  // What ends its service is the reason of its state, whatever else is wrong.
  if (down) reasons.sort((a, b) => Number(downCodes.has(b.code)) - Number(downCodes.has(a.code)));
  // What showed that it was down is no longer read.
  const wasDown = missing.length > 0 && track.device !== null && isDown(deviceReasons(edge, track.device));
  const beganMs = reasons.length === missing.length ? partsLostMs(track) : null;
  return { health: down ? 'down' : wasDown ? 'unknown' : 'degraded', reasons, beganMs };
}

function isDown(reasons: readonly Reason[]): boolean {
  return reasons.some(({ code }) => downCodes.has(code));
}

/**
 * Unknown because of this computer's own network: from the second poll that it explains until an answer, or until a silence that began
 * after it recovered.
 */
function judgeLocalNetwork(edge: Edge, track: EdgeTrack): Judgement | null {
  const sources = edge.snmp ? [track.snmp] : serviceSources(edge, track);
  const source = sources.find(({ failures }) => failures > 0);
  if (!source || sources.some(({ failures }) => failures === 0)) return null;
  const isExplained = source.lastFailure?.code === 'own-network';
  const known = track.health === 'unknown' && track.reasons[0]?.code === 'own-network';
  if (isExplained && (known || source.failures >= thresholds.silentRolePolls)) {
    const fact = `${edge.name} cannot be reached from this computer.`;
    return {
      ...unknown('own-network', fact, source.lastFailure?.words ?? ''),
      beganMs: source.firstFailureMs,
    };
  }
  if (!known || isSourceSilent(source, track.lastPollMonotonicMs)) return null;
  return { health: 'unknown', reasons: track.reasons, beganMs: null };
}

/** Unknown because a metrics source has no current answer of it: at once, because one scrape is several requests. */
function judgeScrape(edge: Edge, track: EdgeTrack): Judgement | null {
  const { failures, lastFailure, firstFailureMs } = track.snmp;
  if (failures === 0 || !lastFailure) return null;
  if (lastFailure.code === 'stale') {
    const fact = `${edge.name} has no current metrics.`;
    return { ...unknown('stale', fact, sentence(lastFailure.words)), beganMs: firstFailureMs };
  }
  if (lastFailure.code !== 'scrape-failed' || isOnlyOneSilent(track)) return null;
  const fact = `${edge.name} did not answer its last scrape.`;
  const detail = `${sentence(lastFailure.words)} Whether only this edge is silent is not known yet.`;
  return { ...unknown('scrape-failed', fact, detail), beganMs: firstFailureMs };
}

/** Reasons that mean the edge carries no users' traffic. */
const downCodes = new Set(['proxy-no-link', 'ca-edge-down', 'proxy-silent']);

function judgeSilence(edge: Edge, track: EdgeTrack, service: ServiceAssessment): Judgement {
  const words = track.snmp.lastFailure?.words ?? '';
  const beganMs = track.snmp.firstFailureMs;
  const servedMs = serviceAnsweredMs(edge, track);
  const moved = staleNameReasons(edge.name, track.staleNames);
  if (servedMs !== null && servedMs >= (track.snmp.firstFailureMonotonicMs ?? Infinity)) {
    return {
      health: 'degraded',
      reasons: [
        {
          code: 'snmp-silent',
          fact: `${edge.name} serves users but does not answer SNMP.`,
          detail: sentence(words),
        },
        ...service.reasons,
        ...moved,
      ],
      beganMs,
    };
  }
  if (track.snmp.lastFailure?.code === 'unanswered') {
    const reason = {
      code: 'unanswered',
      fact: `${edge.name} does not answer requests.`,
      detail: sentence(words),
    };
    return { health: 'unknown', reasons: [reason, ...service.reasons], beganMs };
  }
  const refused = track.snmp.lastFailure?.code === 'refused';
  if (refused && !service.down) {
    // Its host answers, so the path works; the edge's service may run without the agent.
    const detail = `${words}. Its host answers; whether it serves users is unknown.`;
    const reason = { code: 'agent-gone', fact: `${edge.name} refuses SNMP: no agent runs.`, detail };
    return { health: 'unknown', reasons: [reason, ...service.reasons, ...moved], beganMs };
  }
  if (refused || isOnlyOneSilent(track)) {
    const fact = refused
      ? `${edge.name} refuses SNMP, and its service does not respond.`
      : `Only ${edge.name} is not responding.`;
    return {
      health: 'down',
      reasons: [{ code: 'silent', fact, detail: sentence(words) }, ...service.reasons, ...moved],
      beganMs,
    };
  }
  const silentForMs = (track.lastPollMonotonicMs ?? 0) - (track.snmp.firstFailureMonotonicMs ?? 0);
  if (track.health !== 'unknown' && silentForMs < thresholds.suspicionMs) {
    return { health: track.health, reasons: track.reasons, beganMs: null };
  }
  return allSilent(edge, track);
}

function allSilent(edge: Edge, track: EdgeTrack): Judgement {
  const fact = `${edge.name} and all other edges stopped responding.`;
  const detail = 'All at the same time, so the path from Heron is suspected first.';
  return { ...unknown('all-silent', fact, detail), beganMs: track.snmp.firstFailureMs };
}

function judgeByService(
  edge: Edge,
  track: EdgeTrack,
  service: ServiceAssessment,
  stopped: boolean,
): Judgement {
  const sources = serviceSources(edge, track);
  const [first] = sources;
  if (first && sources.every(isNameless)) return judgeNameless(edge, first);
  if (service.reasons.length === 0) {
    if (stopped) return { health: 'degraded', reasons: [lbStopped(edge)], beganMs: null };
    if (sources.some(({ answeredOnce }) => answeredOnce)) return { health: 'up', reasons: [], beganMs: null };
    return unknown('not-read-yet', `${edge.name} did not answer yet.`, sources[0]?.lastFailure?.words ?? '');
  }
  // A refused connection is an answer, so the path works.
  const sure = isOnlyOneSilent(track) || track.tcp.lastFailure?.code === 'refused';
  const health = !service.down ? 'degraded' : sure ? 'down' : 'unknown';
  const beganMs = track.http.firstFailureMs ?? track.tcp.firstFailureMs;
  return { health, reasons: service.reasons, beganMs };
}

function judgeNameless(edge: Edge, source: SourceTrack): Judgement {
  return { health: 'unknown', reasons: [namelessReason(edge, source)], beganMs: source.firstFailureMs };
}

function lbStopped({ name }: Edge): Reason {
  const fact = `The load balancer of ${name} is stopped.`;
  return { code: 'lb-stopped', fact, detail: 'It cannot take over. Check its service and its link.' };
}

function unknown(code: string, fact: string, detail: string): Judgement {
  return { health: 'unknown', reasons: [{ code, fact, detail: sentence(detail) }], beganMs: null };
}
