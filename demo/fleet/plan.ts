import { pick, randomFor, wholeBetween } from '../random/seed';
import { sites, type Site } from './sites';

/** One edge of the demo. Addresses are fictional; the ports are chosen when it starts. */
export interface EdgePlan {
  name: string;
  proxyIp: string;
  managementIp: string;
  /** Absent for a standalone edge. */
  lbIp: string | undefined;
  subscription: string;
  /** carp(4) advskew of its LB: steps of ten, in a seeded order. */
  advskew: number;
  /** Uptime when the demo starts, milliseconds. */
  uptimeMs: number;
  /** SNMP engine boots when the demo starts. */
  boots: number;
}

/** One cluster of the demo. A standalone edge is a cluster of one without CARP. */
export interface ClusterPlan {
  name: string;
  site: Site;
  standalone: boolean;
  clusterIp: string;
  subnetMask: string;
  defaultGateway: string;
  ipsecLocalTermination: boolean;
  vhid: number;
  /** Mean requests of all users over a day, bits per second. */
  baseBitsPerSecond: number;
  edges: EdgePlan[];
}

export const maxClusters = 200;
const dayMs = 86_400_000;
const baseBitsPerSecondPerEdge = 38_000_000;

/** The default six clusters, of all sizes. */
const firstClusters = [
  { name: 'fra-01', edges: 8 },
  { name: 'gru-01', edges: 4 },
  { name: 'sin-02', edges: 6 },
  { name: 'iad-01', edges: 16 },
  { name: 'lhr-01', edges: 12 },
  { name: 'syd-01', edges: 2 },
];

/** Plans a fleet: the same seed and number give the same fleet. `clusters` is 1..200; one standalone edge comes with it. */
export function planFleet(seed: number, clusters: number): ClusterPlan[] {
  const random = randomFor(seed, 'plan');
  const names = new Set(firstClusters.map((first) => first.name));
  const plans: ClusterPlan[] = [];
  for (let index = 0; index < clusters; index++) {
    const first = firstClusters[index];
    const site = first ? siteOf(first.name) : pick(random, sites);
    let name = first?.name ?? '';
    for (let number = 1; name === '' || (!first && names.has(name)); number++)
      name = `${site.code}-${twoDigits(number)}`;
    names.add(name);
    plans.push(planCluster(seed, index, name, site, first?.edges ?? wholeBetween(random, 2, 16), false));
  }
  plans.push(planCluster(seed, clusters, 'mad-trial', siteOf('mad-01'), 1, true));
  return plans;
}

function planCluster(
  seed: number,
  index: number,
  name: string,
  site: Site,
  size: number,
  standalone: boolean,
): ClusterPlan {
  const random = randomFor(seed, `plan/${name}`);
  const network = `10.${String(20 + (index % 100))}.${String(16 + Math.floor(index / 100) * 16)}`;
  const skews = shuffled(random, [...Array(size).keys()]);
  return {
    name,
    site,
    standalone,
    clusterIp: `${network}.10`,
    subnetMask: '255.255.255.0',
    defaultGateway: `${network}.1`,
    ipsecLocalTermination: random() < 0.5,
    vhid: (index % 255) + 1,
    baseBitsPerSecond: size * baseBitsPerSecondPerEdge * (0.7 + 0.6 * random()),
    edges: skews.map((skew, i) => ({
      name: standalone ? `${name}-edge` : `${name}-${twoDigits(i + 1)}`,
      proxyIp: `${network}.${String(11 + i)}`,
      lbIp: standalone ? undefined : `${network}.${String(51 + i)}`,
      managementIp: `${network}.${String(91 + i)}`,
      subscription: `SUB-${String(index * 16 + i + 1).padStart(4, '0')}`,
      advskew: skew * 10,
      uptimeMs: Math.round((3 + 80 * random()) * dayMs),
      boots: wholeBetween(random, 3, 24),
    })),
  };
}

function siteOf(clusterName: string): Site {
  const site = sites.find((one) => clusterName.startsWith(`${one.code}-`));
  if (!site) throw new Error(`No site for cluster "${clusterName}"`);
  return site;
}

function shuffled(random: () => number, items: number[]): number[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
