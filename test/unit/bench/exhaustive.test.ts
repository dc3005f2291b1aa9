import { describe, expect, it } from 'vitest';
import { randomFor } from '../../../demo/random/seed';
import { checkWorlds, worldWords } from '../../bench/detection/exhaustive/exhaustive';
import { everyPolled, everyTriple, worldsOf } from '../../bench/detection/exhaustive/half-step-worlds';
import { wrongStates } from '../../bench/detection/exhaustive/judge-shown';
import { wrongIn } from '../../bench/detection/exhaustive/judge-world';
import { watchTriple, type Told, type Watched } from '../../bench/detection/exhaustive/watch-triple';

/** FC_SEED chooses other worlds; it is printed with the property tests' seed. */
const seed = Number(process.env['FC_SEED'] ?? 1);

describe('every small world', () => {
  it('is more than a million, of which a part is told as it truly is', { timeout: 120_000 }, () => {
    const random = randomFor(seed, 'exhaustive');
    const result = checkWorlds(() => random() < 1 / 130);
    expect(result.examples.map(worldWords)).toEqual([]);
    expect(result.wrong).toBe(0);
    expect(result.worlds).toBeGreaterThan(15_000);
  });
});

describe('the judge of small worlds', () => {
  /** A is master, stops after two steps, and B takes over four steps later; C stays BACKUP. */
  const [a, b, c] = ['MMIIIIII', 'BBBBBMMM', 'BBBBBBBB'];
  const found = (() => {
    const polled = everyPolled(1);
    for (const triple of everyTriple(polled, 2)) {
      for (const world of worldsOf(triple, 2)) {
        const words = world.map(({ roles }) => roles.map((role) => role.charAt(0).toUpperCase()).join(''));
        if ([a, b, c].every((one) => words.includes(one))) return { triple, world, words };
      }
    }
    throw new Error('no such world');
  })();
  const watched = watchTriple(found.triple);
  const move = watched.told.find(({ event }) => event.type === 'failover');
  const altered = (change: (event: Told['event']) => Told['event'] | null): Watched => ({
    ...watched,
    told: watched.told.flatMap((one) => {
      const event = one.event.type === 'failover' ? change(one.event) : one.event;
      return event ? [{ ...one, event }] : [];
    }),
  });
  const fault = (changed: Watched): string | undefined => wrongIn(changed, found.world)?.fault;

  it('finds nothing wrong with a failover that is right', () => {
    expect(move?.event).toMatchObject({ type: 'failover', oldRoleAfter: 'init' });
    expect([wrongStates(watched), fault(watched)]).toEqual([null, undefined]);
  });

  it('finds one that was not told, one from another LB, and bounds and causes without evidence', () => {
    expect(fault(altered(() => null))).toBe('missed');
    const of = (change: object): string | undefined =>
      fault(altered((event) => ({ ...event, ...change }) as Told['event']));
    const third = ['a', 'b', 'c'][found.words.indexOf(c)];
    expect(of({ fromEdgeId: third })).toBe('invented');
    expect(of({ toEdgeId: third })).toBe('invented');
    const event = move?.event;
    if (event?.type !== 'failover') throw new Error('a failover');
    expect(of({ bracket: { ...event.bracket, lastOldMs: event.bracket.firstNewMs - 1 } })).toBe('bracket');
    expect(of({ gapMs: { atLeast: 0, atMost: 900 } })).toBe('bracket');
    expect(of({ cause: { kind: 'edge-died', evidence: [] } })).toBe('cause');
    expect(of({ oldRoleAfter: 'unknown' })).toBe('cause');
  });

  it('finds an edge that answers and is shown as down, and an active LB that answered something else', () => {
    const shown = watched.shown.map((one) => ({ ...one, edges: one.edges.map(() => 'down' as const) }));
    expect(wrongStates({ ...watched, shown })).toMatch(/answers and is shown as down/);
    const one = { kind: 'one', edgeId: 'a', edgeName: 'a', sinceMs: null } as const;
    expect(
      wrongStates({ ...watched, shown: watched.shown.map((show) => ({ ...show, activeLb: one })) }),
    ).toMatch(/a is shown as active, and answered/);
  });
});
