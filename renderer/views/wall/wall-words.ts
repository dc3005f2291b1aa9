import { isProblem } from '../../../domain/model/health';
import { outagesTogether } from '../../../domain/model/outage';
import type { ClusterView } from '../../../domain/model/snapshot';
import { coarseDuration, stopwatch } from '../../../domain/words/duration';
import { outagePredicate } from '../../../domain/words/outages';
import { acknowledgementWords } from '../../../domain/words/acknowledgements';
import { clockMinutes, dayBefore, shortMoment, type TimeZoneChoice } from '../../../domain/words/clock';
import { edgeLabel } from '../../../domain/words/edge-label';
import { untilWords } from '../../../domain/words/maintenance';
import { stateWords } from '../../words/states';
import type { WallMemory } from './wall-memory';
import type { WallSubject } from './wall-subject';

const hourMs = 3_600_000;

/** The texts of a cluster on the wall at a time. */
export function wallSubject(cluster: ClusterView, atMs: number, zone: TimeZoneChoice): WallSubject {
  const problem = isProblem(cluster.health);
  const { id, health, name, sinceMs } = cluster;
  return {
    id,
    health,
    name,
    site: cluster.site ?? '',
    word: stateWords[health].word,
    state: stateOnWall(cluster),
    reason: problem ? withUnits(reasonOnWall(cluster)) : '',
    tag: problem ? acknowledgementWords(cluster) : '',
    timer: problem && sinceMs !== null ? stopwatch(atMs - sinceMs) : '',
    since: problem && sinceMs !== null ? shortMoment(sinceMs, atMs, zone) : '',
    lb: problem || health === 'up' || health === 'unknown' ? lbWords(cluster) : quietWords(cluster),
    lbAge: lbAgeWords(cluster, atMs),
    spare: cluster.maintenance
      ? `until ${untilWords(cluster.maintenance.untilMs, atMs, zone)}`
      : spareOnWall(cluster),
    ...(problem ? { mark: '', isOutage: false } : markOf(cluster, atMs)),
  };
}

/** Keeps numbers and their units on one line. */
export function withUnits(text: string): string {
  return text.replaceAll(/(\d) (?=(?:ms|s|m|h|d|%)(?![\w-]))/g, '$1\u00a0');
}

/** "Degraded, 7 of 8 up"; other states by their word. */
function stateOnWall(cluster: ClusterView): string {
  const { word } = stateWords[cluster.health];
  return cluster.health === 'degraded' && cluster.kind === 'cluster'
    ? `${word}, ${edgesWords(cluster)}`
    : word;
}

/** Why a cluster is in its state, with what it means for users where they are cut off. */
export function reasonOnWall({ health, clusterIp, edges, reasons }: ClusterView): string {
  const fact = reasons[0]?.fact ?? '';
  const isSure = health === 'no-active-lb' || edges.every((edge) => edge.health !== 'unknown');
  const users =
    (health === 'no-active-lb' || health === 'down') && !/\busers\b/i.test(fact)
      ? `Users${clusterIp === null ? '' : ` of ${clusterIp}`} ${isSure ? 'are' : 'may be'} cut off.`
      : '';
  const words = [users, fact].filter((text) => text !== '').join(' ');
  return words === '' ? stateWords[health].meaning : words;
}

/** The active LB without the name of its cluster: "05", "none", "01 and 04", "was 02". */
export function activeWords({ name, activeLb }: ClusterView): string {
  const label = (edgeName: string): string => edgeLabel(name, edgeName).replace(/^[-_. ]/, '');
  switch (activeLb.kind) {
    case 'one':
      return label(activeLb.edgeName);
    case 'none':
      return 'none';
    case 'several':
      return activeLb.edgeNames.map(label).join(' and ');
    case 'unknown':
      return activeLb.lastEdgeName === null ? 'unknown' : `was ${label(activeLb.lastEdgeName)}`;
    case 'not-applicable':
      return 'no LB';
  }
}

function lbWords(cluster: ClusterView): string {
  return cluster.activeLb.kind === 'not-applicable' ? 'no LB' : `LB ${activeWords(cluster)}`;
}

function quietWords({ health }: ClusterView): string {
  return health === 'disabled' ? 'not monitored' : stateWords[health].word;
}

/** How long the active LB has been active: "12 d", and "for 12 d" where it follows a comma; empty where unknown. */
function lbAgeWords({ health, activeLb }: ClusterView, atMs: number): string {
  if (activeLb.kind !== 'one' || activeLb.sinceMs === null || health === 'maintenance') return '';
  const words = coarseDuration(atMs - activeLb.sinceMs);
  return isProblem(health) ? `for ${words}` : words;
}

/** "7 of 8 up", or "8 edges, unknown". */
function edgesWords({ edgesUp, edgesTotal }: ClusterView): string {
  return edgesUp === null ? `${edgesTotal} edges, unknown` : `${edgesUp} of ${edgesTotal} up`;
}

/** "can lose 2", "no spare"; the count of edges where users are cut off; empty where unknown. */
function spareOnWall(cluster: ClusterView): string {
  const { kind, health, spare, edgesUp, edgesTotal } = cluster;
  if (health === 'disabled' || edgesUp === null) return '';
  if (health === 'no-active-lb' || health === 'split-brain' || health === 'down') {
    return `${edgesUp} of ${edgesTotal} edges up`;
  }
  if (kind === 'standalone') return 'no spare';
  if (spare === null) return '';
  const canLose = spare.canLose ?? (edgesUp >= 2 ? 1 : 0);
  return canLose === 0 ? 'no spare' : `can lose ${canLose}`;
}

/** "22 m" when an unacknowledged outage ended or the active LB moved within the last hour; otherwise an empty text. */
function markOf(
  { health, lastFailover, unacknowledgedOutages }: ClusterView,
  atMs: number,
): Pick<WallSubject, 'mark' | 'isOutage'> {
  const outageMs = Math.max(...unacknowledgedOutages.map(({ toMs }) => toMs));
  const isOutage = isLastHour(outageMs, atMs);
  const moveMs = lastFailover?.bracket.firstNewMs ?? -Infinity;
  const markedMs = isOutage ? outageMs : moveMs;
  const shown = health !== 'disabled' && isLastHour(markedMs, atMs);
  return { mark: shown ? coarseDuration(atMs - markedMs) : '', isOutage: shown && isOutage };
}

function isLastHour(ms: number, atMs: number): boolean {
  return atMs - ms >= 0 && atMs - ms < hourMs;
}

/** What cut users off, is over and was not acknowledged, one line a cluster, the latest first: "had no active LB for 1.8 to 4 s, 21:29". */
export function wallMemory(
  clusters: readonly ClusterView[],
  atMs: number,
  zone: TimeZoneChoice,
): WallMemory[] {
  return clusters
    .flatMap(({ id, name, unacknowledgedOutages }) => {
      const outage = outagesTogether(unacknowledgedOutages);
      return outage === null ? [] : [{ clusterId: id, name, outage }];
    })
    .sort((one, other) => other.outage.toMs - one.outage.toMs)
    .map(({ clusterId, name, outage }) => ({
      clusterId,
      name,
      words: `${outagePredicate(outage)}, ${dayBefore(outage.fromMs, atMs, zone)}${clockMinutes(outage.fromMs, zone)}`,
    }));
}
