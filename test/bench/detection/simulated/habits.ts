import type { WitnessKind } from '../../../../domain/model/role';
import type { JudgeRules } from '../rules';

/** One way in which an agent tells its LB's role. */
export interface Teller {
  witness: Exclude<WitnessKind, 'traffic'>;
  /** It repeats its word for so long, and says that it does. Milliseconds. */
  cacheMs: number;
  tellsSkew: boolean;
}

/** How a cluster's agents answer, and the network between. */
export interface Habits {
  /** One way, least and most, milliseconds. */
  latencyMs: readonly [number, number];
  /** What the agent itself takes for an answer, least and most, milliseconds. */
  answerMs: readonly [number, number];
  /** Each packet is lost with this probability. */
  loss: number;
  /** None: an untouched edge, which tells its role nowhere. */
  tellers: readonly Teller[];
  /** IF-MIB's counters are repeated for so long (net-snmp: about 3 s). */
  counterCacheMs: number;
  /** The edges' HTTP page is asked, too. */
  page: boolean;
  /** What the judge grants where it cannot be known as soon. */
  rules?: Partial<JudgeRules>;
}

const extend: Teller = { witness: 'carp-extend', cacheMs: 0, tellsSkew: true };
const mib: Teller = { witness: 'carp-mib', cacheMs: 0, tellsSkew: true };
const plain: Habits = {
  latencyMs: [0.2, 3],
  answerMs: [0.5, 4],
  loss: 0,
  tellers: [extend, mib],
  counterCacheMs: 0,
  page: true,
};

/** A packet lost thrice in a row, a late answer: what lasts a few polls only may then go unseen, and be told later. */
const lax = (mustSeeMs: number, deadlineMs: number): Partial<JudgeRules> => ({ mustSeeMs, deadlineMs });

/** Without traffic there is nothing to infer from: that nobody is active cannot be known. */
const blind: Partial<JudgeRules> = { noActiveMarginMs: 60_000, splitMarginMs: 60_000 };

/** Every world the simulation knows. */
export const worlds = {
  plain,
  'mib only': { ...plain, tellers: [mib] },
  'far away': { ...plain, latencyMs: [40, 140] },
  // Asked in one way only, a silent edge's LB may go on: then nobody can tell that there is none.
  'no page': { ...plain, page: false, rules: { noActiveMarginMs: 60_000 } },
  keepalived: { ...plain, tellers: [{ witness: 'keepalived-mib', cacheMs: 0, tellsSkew: false }] },
  'loss 10 %': { ...plain, loss: 0.1, rules: lax(4_000, 12_000) },
  'loss 30 %': {
    ...plain,
    loss: 0.3,
    rules: { ...lax(8_000, 15_000), noActiveMarginMs: 15_000, splitMarginMs: 6_000 },
  },
  'slow agents': {
    ...plain,
    answerMs: [300, 900],
    rules: { ...lax(5_000, 12_000), noActiveMarginMs: 9_000 },
  },
  'very slow agents': { ...plain, answerMs: [850, 950], rules: { ...lax(12_000, 15_000), ...blind } },
  'cached 1 s': { ...plain, tellers: [{ ...extend, cacheMs: 1_000 }], rules: lax(4_000, 11_000) },
  'cached 5 s': {
    ...plain,
    tellers: [{ ...extend, cacheMs: 5_000 }],
    rules: { ...lax(8_000, 15_000), splitMarginMs: 9_000, noActiveMarginMs: 9_000 },
  },
  'cached beside fresh': { ...plain, tellers: [{ ...extend, cacheMs: 5_000 }, mib] },
  untouched: { ...plain, tellers: [], rules: { ...lax(12_000, 20_000), ...blind } },
  'untouched, counters cached': {
    ...plain,
    tellers: [],
    counterCacheMs: 3_000,
    rules: { ...lax(15_000, 25_000), ...blind },
  },
} as const satisfies Record<string, Habits>;
export type WorldName = keyof typeof worlds;
