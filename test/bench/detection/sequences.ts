/** A fault as the demo's control API and the lab take it, so long after the sequence's beginning. */
export interface SequenceStep {
  atMs: number;
  /** `restore` ends every fault of the cluster, `heal` its splits. */
  kind: string;
  /** A name, `@master` or `@backup` at that moment. */
  edge?: string;
  forSeconds?: number;
}

/** Faults of one cluster that belong together, from a healthy cluster to a healthy one. */
export interface Sequence {
  name: string;
  steps: SequenceStep[];
  /** Where it goes on for longer than its steps tell. */
  lastsMs?: number;
}

/** Uniform in [0, 1). */
export type Random = () => number;

const masterFaults = [
  'lb-dies',
  'edge-dies',
  'link-cut',
  'lb-link-cut',
  'disabled-by-administrator',
  'demoted',
] as const;
const harmlessFaults = ['proxy-dies', 'cpu-high', 'imbalance'] as const;

type Make = (random: Random, edges: readonly string[]) => SequenceStep[];

/** One fault of the active LB, long enough for a take-over, then everything is put right: preemption. */
function masterFault(kind: string): Make {
  return (random) => [
    { atMs: 0, kind, edge: '@master' },
    { atMs: between(random, 6_000, 14_000), kind: 'restore' },
  ];
}

/** A fault that moves nothing: whatever is printed of a move is invented. */
function harmless(kind: string, edge: '@master' | '@backup'): Make {
  return (random) => [
    { atMs: 0, kind, edge },
    { atMs: between(random, 6_000, 12_000), kind: 'restore' },
  ];
}

/** Every kind of sequence for the demo fleet. */
const demoMakers: Record<string, Make> = {
  ...Object.fromEntries(masterFaults.map((kind) => [kind, masterFault(kind)])),
  ...Object.fromEntries(harmlessFaults.map((kind) => [kind, harmless(kind, '@master')])),
  'management-cut': harmless('management-cut', '@master'),
  'backup-dies': (random) => harmless(pick(random, masterFaults), '@backup')(random, []),
  reboot: (random) => [{ atMs: 0, kind: 'reboot', edge: '@master', forSeconds: between(random, 5, 15) }],
  split: (random) => [
    { atMs: 0, kind: 'split' },
    { atMs: between(random, 9_000, 16_000), kind: 'heal' },
  ],
  // CARP's own overlap: nothing may be printed, or little.
  'split-short': (random) => [
    { atMs: 0, kind: 'split' },
    { atMs: between(random, 2_500, 5_500), kind: 'heal' },
  ],
  'restored-soon': (random) => [
    { atMs: 0, kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 300, 5_000), kind: 'restore' },
  ],
  'two-close': (random) => [
    { atMs: 0, kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 200, 6_000), kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 13_000, 18_000), kind: 'restore' },
  ],
  'split-and-fault': (random) => [
    { atMs: 0, kind: 'split' },
    { atMs: between(random, 6_000, 9_000), kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 13_000, 18_000), kind: 'heal' },
    { atMs: between(random, 24_000, 27_000), kind: 'restore' },
  ],
  'back-and-forth': (random) => [
    { atMs: 0, kind: 'lb-dies', edge: '@master' },
    { atMs: between(random, 5_000, 7_000), kind: 'restore' },
    { atMs: between(random, 9_500, 12_000), kind: 'edge-dies', edge: '@master' },
    { atMs: between(random, 17_000, 19_000), kind: 'restore' },
  ],
  'busy-then-dies': (random) => [
    { atMs: 0, kind: pick(random, harmlessFaults), edge: '@master' },
    { atMs: between(random, 1_000, 5_000), kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 12_000, 15_000), kind: 'restore' },
  ],
  'all-lbs-die': (random, edges) => [
    ...edges.map((edge) => ({ atMs: between(random, 0, 800), kind: 'lb-dies', edge })),
    { atMs: between(random, 15_000, 18_000), kind: 'restore' },
  ],
  // Another LB than the last active one comes back first.
  'all-lbs-die-one-back': (random, edges) => [
    ...edges.map((edge) => ({ atMs: between(random, 0, 800), kind: 'lb-dies', edge })),
    { atMs: between(random, 15_000, 18_000), kind: 'restore', edge: pick(random, edges) },
    { atMs: between(random, 26_000, 28_000), kind: 'restore' },
  ],
  // From A to B and back before, or just after, B was seen.
  'there-and-back': (random) => [
    { atMs: 0, kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 3_000, 5_500), kind: 'restore' },
  ],
  'two-within-seconds': (random) => [
    { atMs: 0, kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 3_500, 8_000), kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 16_000, 20_000), kind: 'restore' },
  ],
  flapping: (random) =>
    [0, 1, 2, 3].flatMap((round) => [
      { atMs: round * 12_000, kind: pick(random, masterFaults), edge: '@master' },
      { atMs: round * 12_000 + between(random, 5_500, 7_500), kind: 'restore' },
    ]),
  'partition-of-master': (random) => [
    { atMs: 0, kind: 'split', edge: '@master' },
    { atMs: between(random, 9_000, 16_000), kind: 'heal' },
  ],
  // The active LB cannot be asked, goes on, and then loses the role: what it is afterwards nobody knows.
  'unseen-master-dies': (random) => [
    { atMs: 0, kind: 'management-cut', edge: '@master' },
    { atMs: between(random, 5_000, 9_000), kind: pick(random, masterFaults), edge: '@master' },
    { atMs: between(random, 16_000, 20_000), kind: 'restore' },
  ],
  'rolling-reboots': (random, edges) =>
    edges.slice(0, 4).map((edge, i) => ({
      atMs: i * 18_000,
      kind: 'reboot',
      edge,
      forSeconds: between(random, 5, 9),
    })),
};

/** Every kind of sequence for the real lab, in its own faults. */
const labMakers: Record<string, Make> = {
  'lb-dies': masterFault('lb-dies'),
  'edge-dies': masterFault('edge-dies'),
  'link-cut': masterFault('link-cut'),
  'proxy-dies': harmless('proxy-dies', '@master'),
  'management-cut': harmless('management-cut', '@master'),
  split: (random) => [
    { atMs: 0, kind: 'split', edge: '@backup' },
    { atMs: between(random, 9_000, 13_000), kind: 'restore' },
  ],
  'backup-dies': harmless('edge-dies', '@backup'),
  'snmpd-stop': harmless('snmpd-stop', '@master'),
  'two-close': (random) => [
    { atMs: 0, kind: pick(random, ['lb-dies', 'link-cut']), edge: '@master' },
    { atMs: between(random, 4_500, 7_000), kind: pick(random, ['lb-dies', 'link-cut']), edge: '@master' },
    { atMs: between(random, 14_000, 16_000), kind: 'restore' },
  ],
  'restored-soon': (random) => [
    { atMs: 0, kind: 'lb-dies', edge: '@master' },
    { atMs: between(random, 300, 5_000), kind: 'restore' },
  ],
};

/** The names of all kinds, in the order in which they are dealt. */
export const demoKinds = Object.keys(demoMakers);
export const labKinds = Object.keys(labMakers);

/** One sequence of a kind for a cluster of these edges. */
export function demoSequence(kind: string, random: Random, edges: readonly string[]): Sequence {
  return make(demoMakers, kind, random, edges);
}

/** The same for a cluster of the real lab. */
export function labSequence(kind: string, random: Random, edges: readonly string[]): Sequence {
  return make(labMakers, kind, random, edges);
}

/** Deals `count` kinds so that each comes as often as the others, in a seeded order. */
export function deal(kinds: readonly string[], count: number, random: Random): string[] {
  const dealt: string[] = [];
  while (dealt.length < count) {
    const round = kinds.map((kind) => ({ kind, order: random() })).sort((a, b) => a.order - b.order);
    dealt.push(...round.map(({ kind }) => kind));
  }
  return dealt.slice(0, count);
}

function make(
  makers: Record<string, Make>,
  kind: string,
  random: Random,
  edges: readonly string[],
): Sequence {
  const maker = makers[kind];
  if (!maker) throw new Error(`There is no sequence "${kind}"; there is ${Object.keys(makers).join(', ')}.`);
  return { name: kind, steps: maker(random, edges).sort((a, b) => a.atMs - b.atMs) };
}

function between(random: Random, least: number, most: number): number {
  return Math.round(least + (most - least) * random());
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}
