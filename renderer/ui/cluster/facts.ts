import { roleWords, witnessWords } from '../../../domain/words/roles';
import { ago, duration, durationRange } from '../../../domain/words/duration';
import { percent } from '../../../domain/words/amount';
import type { UserPathView } from '../../../domain/model/probe';
import type { ClusterView } from '../../../domain/model/snapshot';
import { spareFact } from '../../../domain/words/spare';
import { clockTenths, dayBefore, type TimeZoneChoice } from '../../../domain/words/clock';
import type { WitnessKind } from '../../../domain/model/role';

/** One entry of the facts strip: a label, the fact, and a secondary detail. */
export interface Fact {
  label: string;
  fact: string;
  aside: string;
  mono?: boolean;
}

/** The entries of the strip above the edges. */
export function clusterFacts(cluster: ClusterView, atMs: number, zone: TimeZoneChoice): Fact[] {
  const facts: Fact[] = [];
  if (cluster.kind === 'cluster') {
    facts.push(activeLbFact(cluster, atMs), failoverFact(cluster, atMs, zone));
    if (cluster.users !== null) facts.push(usersFact(cluster.users, atMs));
    facts.push(witnessFact(cluster));
    facts.push({ label: 'Can it lose one edge?', ...spareFact(cluster, atMs) });
    facts.push({
      label: 'Evenness',
      fact: cluster.evenness === null ? 'unknown' : percent(cluster.evenness),
      aside: cluster.evenness === null ? 'shares unknown' : '',
    });
  } else {
    facts.push({ label: 'Load balancer', fact: 'none', aside: 'standalone, cannot fail over' });
  }
  facts.push({
    label: 'IPSec local termination',
    fact: cluster.ipsecLocalTermination ? 'On' : 'Off',
    aside: '',
  });
  if (cluster.clusterIp !== null) {
    facts.push({
      label: 'Cluster IP, subnet',
      fact: `${cluster.clusterIp}${prefixLength(cluster.subnetMask)}`,
      aside: '',
      mono: true,
    });
  }
  return facts;
}

function activeLbFact({ activeLb }: ClusterView, atMs: number): Fact {
  const label = 'Active LB';
  const lasting = (sinceMs: number | null): string =>
    sinceMs === null ? '' : `for ${duration(atMs - sinceMs)}`;
  switch (activeLb.kind) {
    case 'one':
      return { label, fact: activeLb.edgeName, aside: lasting(activeLb.sinceMs) };
    case 'none':
      return { label, fact: 'None', aside: lasting(activeLb.sinceMs) };
    case 'several':
      return { label, fact: activeLb.edgeNames.join(' and '), aside: lasting(activeLb.sinceMs) };
    case 'unknown':
      return {
        label,
        fact: 'unknown',
        aside: activeLb.lastEdgeName
          ? `was ${activeLb.lastEdgeName}${activeLb.lastSeenMs === null ? '' : `, ${ago(atMs - activeLb.lastSeenMs)}`}`
          : '',
      };
    case 'not-applicable':
      return { label, fact: 'not applicable', aside: '' };
  }
}

function failoverFact({ lastFailover }: ClusterView, atMs: number, zone: TimeZoneChoice): Fact {
  if (!lastFailover) return { label: 'Last failover', fact: 'none', aside: 'recorded so far' };
  const { bracket, gapMs, usersGapMs } = lastFailover;
  const users = usersGapMs ? `, users ${durationRange(usersGapMs.atLeast, usersGapMs.atMost)}` : '';
  const day = dayBefore(bracket.firstNewMs, atMs, zone);
  return {
    label: lastFailover.type === 'failover' ? 'Last failover' : 'Last failback',
    fact: ago(atMs - bracket.firstNewMs),
    aside: `[ ${day}${clockTenths(bracket.lastOldMs, zone, 'down')} to ${clockTenths(bracket.firstNewMs, zone, 'up')} ] ${durationRange(gapMs.atLeast, gapMs.atMost)} without active LB${users}`,
  };
}

/** Whether users are served, by Heron's own connections to the cluster IP. */
function usersFact({ target, state, sinceMs, words, gateway }: UserPathView, atMs: number): Fact {
  const label = 'Users served';
  const lasting = sinceMs === null ? '' : ` for ${duration(atMs - sinceMs)}`;
  const silent = gateway === 'silent' ? ', gateway silent' : '';
  switch (state) {
    case 'served':
      return { label, fact: 'Yes', aside: `through ${target}${lasting}${silent}` };
    case 'not-served':
      return { label, fact: 'No', aside: `not through ${target}${lasting}${silent}` };
    case 'unknown':
      return { label, fact: 'unknown', aside: `${target}: ${words}${silent}` };
  }
}

/** Which witnesses report the roles, and where they contradict each other. */
function witnessFact(cluster: ClusterView): Fact {
  const label = 'Sources';
  const kinds = new Set<WitnessKind>();
  const disagreements: string[] = [];
  for (const edge of cluster.edges) {
    // What its sources reported last is out of date.
    if (edge.role === 'unknown') continue;
    const reporting = edge.witnesses.filter(({ role, otherGroup }) => role !== 'unknown' && !otherGroup);
    for (const witness of reporting) kinds.add(witness.witness);
    if (new Set(reporting.map((witness) => witness.role)).size > 1) {
      disagreements.push(
        `${edge.name}: ${reporting.map((witness) => `${witnessWords[witness.witness]} ${roleWords[witness.role]}`).join(', ')}`,
      );
    }
  }
  if (kinds.size === 0) return { label, fact: 'none', aside: 'no edge reports its load balancer role' };
  const names = [...kinds].map((kind) => witnessWords[kind]).join(', ');
  if (disagreements.length > 0) return { label, fact: 'Disagree', aside: disagreements.join('; ') };
  return { label, fact: kinds.size === 1 ? '1 source' : `${kinds.size} agree`, aside: names };
}

/** "255.255.255.0" as "/24"; an invalid mask is shown as it is. */
export function prefixLength(mask: string | null): string {
  if (mask === null) return '';
  const bits = mask
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) && bits.length === 32 ? `/${bits.replace(/0/g, '').length}` : ` ${mask}`;
}
