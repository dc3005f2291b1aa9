import type { Cluster } from '../../inventory/inventory';
import { formatIpv4, maskLength, subnetOf } from '../../inventory/ipv4';
import { probeTargetInWords } from '../../inventory/probe-target';
import type { Reason } from '../../model/health';
import type { UserPathView } from '../../model/probe';
import { thresholds } from '../../model/thresholds';
import { utcSecond } from '../../words/time';
import type { UserPath, UserPathState } from '../observe/user-path';
import type { ClusterJudgement } from './judge-cluster';

/** The witness beside the LBs: whether users are served through the cluster IP, and whether its gateway answers. */
export interface PathEvidence {
  path: UserPath;
  gateway: UserPathView['gateway'];
}

/**
 * A cluster's judgement with what the probes of its cluster IP and its gateway add. Users who are not served make a cluster down
 * whatever its LBs report; users who are served contradict the report that no LB is active; the gateway tells a lost path from
 * edges that fell silent.
 */
export function withUserPath(
  cluster: Cluster,
  judged: ClusterJudgement,
  { path, gateway }: PathEvidence,
): ClusterJudgement {
  if (judged.health === 'disabled') return judged;
  const { state } = path;
  const target = probeTargetInWords(path.target);
  const isSilent = judged.reasons[0]?.code === 'all-silent';
  const why = isSilent ? silenceReasons(cluster, target, state, gateway) : [];
  const reasons = [...why, ...judged.reasons];
  if (state.kind === 'not-served' && state.lastedMs >= thresholds.userOutageMs) {
    const reason = notServed(target, state, judged);
    const isWorse = judged.health === 'no-active-lb' || judged.health === 'split-brain';
    if (isWorse) return { ...judged, reasons: [...reasons, reason] };
    return { ...judged, health: 'down', reasons: [reason, ...reasons] };
  }
  if (isSilent) return { ...judged, reasons };
  return isServedWithoutActiveLb(judged, path) ? contradicted(judged, target) : judged;
}

/** The role may have been lost a moment ago, when the last probe was still answered: only later answers contradict. */
function isServedWithoutActiveLb({ activeLb }: ClusterJudgement, { answeredAtMs }: UserPath): boolean {
  if (activeLb.kind !== 'none' || activeLb.sinceMs === null || answeredAtMs === null) return false;
  return answeredAtMs - activeLb.sinceMs >= thresholds.userOutageMs;
}

/** Users who are served are not cut off, whatever the LBs report. */
function contradicted(judged: ClusterJudgement, target: string): ClusterJudgement {
  const reasons = judged.reasons.map((reason) =>
    reason.code === 'no-active-lb' ? { ...reason, fact: 'No LB reports MASTER.' } : reason,
  );
  const fact = `Users are served through ${target} all the same.`;
  const detail = 'It accepts connections. The LBs may report their roles wrongly.';
  return { ...judged, reasons: [...reasons, { code: 'served-without-active-lb', fact, detail }] };
}

function notServed(
  target: string,
  { since, words }: Extract<UserPathState, { kind: 'not-served' }>,
  { activeLb }: ClusterJudgement,
): Reason {
  const although = activeLb.kind === 'one' ? `, although ${activeLb.edgeName} is MASTER` : '';
  return {
    code: 'users-not-served',
    fact: `Users are not served through ${target} since ${utcSecond(since.firstNewMs)} UTC${although}.`,
    detail: `It answered Heron before; now: ${words}.`,
  };
}

/** Why no edge answers: Heron's way to them, or they themselves. */
function silenceReasons(
  cluster: Cluster,
  target: string,
  state: UserPathState,
  gateway: UserPathView['gateway'],
): Reason[] {
  const subnet = subnetOf(cluster.clusterIp, cluster.subnetMask);
  const network =
    subnet === null ? cluster.clusterIp : `${formatIpv4(subnet)}/${maskLength(cluster.subnetMask) ?? ''}`;
  if (state.kind === 'served') {
    const fact = `Users are served through ${target}: only the edges’ agents are silent.`;
    return [{ code: 'served-but-silent', fact, detail: 'Heron connects to the cluster IP as users do.' }];
  }
  if (gateway === 'silent') {
    const fact = `The path to ${network} is lost: its gateway ${cluster.defaultGateway} is silent, too.`;
    return [{ code: 'path-lost', fact, detail: 'The fault is between this computer and that network.' }];
  }
  if (gateway === 'answers') {
    const fact = `The gateway ${cluster.defaultGateway} answers, so the path to ${network} is not lost.`;
    return [
      { code: 'gateway-answers', fact, detail: 'The fault is in the cluster or its management network.' },
    ];
  }
  return [];
}

/** What a row shows of the path of its users; null before the first probe. */
export function userPathView({ path, gateway }: PathEvidence): UserPathView | null {
  if (!path.isProbed) return null;
  const { state } = path;
  const target = probeTargetInWords(path.target);
  switch (state.kind) {
    case 'served':
      return { target, state: 'served', sinceMs: state.sinceMs, words: '', gateway };
    case 'not-served':
      return { target, state: 'not-served', sinceMs: state.since.firstNewMs, words: '', gateway };
    case 'unknown':
      return { target, state: 'unknown', sinceMs: null, words: whyUnknown(state), gateway };
  }
}

function whyUnknown({ why, words }: Extract<UserPathState, { kind: 'unknown' }>): string {
  switch (why) {
    case 'never-answered':
      return `has never answered: ${words}`;
    case 'not-probed':
      return words;
    case 'path-in-doubt':
      return 'nothing in its network answers';
  }
}
