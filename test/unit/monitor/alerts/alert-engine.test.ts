import { afterEach, describe, expect, it } from 'vitest';
import type { AlertChange } from '../../../../domain/contract/alerts';
import { madeEngine, type MadeEngine } from '../../../fixtures/alerts/made-engine';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

const running: MadeEngine[] = [];
afterEach(() => running.splice(0).forEach(({ engine }) => engine.stop()));

function start(names: readonly string[]): MadeEngine & { clock: FakeClock } {
  const clock = new FakeClock();
  const made = madeEngine(clock, names);
  running.push(made);
  return { ...made, clock };
}

describe('the preview of a silence', () => {
  it('asks where it leaves nothing out, also by a pattern that every cluster matches', () => {
    const { engine } = start(['fra-01', 'fra-02']);
    const asks = (matcher: object): boolean => engine.preview(matcher).matchesEverything;
    expect(asks({})).toBe(true);
    expect(asks({ cluster: 'fra-*' })).toBe(true);
    expect(asks({ cluster: '?*' })).toBe(true);
    expect(asks({ cluster: 'fra-*', rule: 'cpu' })).toBe(false);
    expect(asks({ cluster: 'fra-*', edge: '*-01' })).toBe(false);
    expect(asks({ cluster: 'fra-01' })).toBe(false);
  });

  it('does not ask about the only cluster by its name', () => {
    expect(start(['fra-01']).engine.preview({ cluster: 'fra-01' }).matchesEverything).toBe(false);
  });
});

describe('thousands of silences', () => {
  it('hold back each what it matches, and a change names only those that differ', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `c-${index}`);
    const { engine, clock, events, loseCluster } = start(names);
    const changes: AlertChange[] = [];
    for (let index = 0; index < 2_000; index += 1)
      engine.addSilence({
        matcher: { cluster: index % 2 === 0 ? `c-${index}` : `other-${index}-*` },
        ...{ author: 'noc', reason: 'Works.', endsMs: clock.nowMs() + 60_000 },
      });
    engine.onChange((change) => changes.push(change));
    for (const name of names) loseCluster(name);
    await clock.pass(5_000);
    const held = engine.list().alerts.filter((alert) => alert.held?.by === 'silence');
    expect(held).toHaveLength(25);
    expect(events.filter(({ type }) => type === 'alert')).toHaveLength(25);
    const named = changes.flatMap(({ silences }) => silences?.changed ?? []);
    expect(named.map(({ held: count }) => count)).toEqual(Array(25).fill(1));
    await clock.pass(60_000);
    expect(engine.list().silences).toEqual([]);
    expect(events.filter(({ type }) => type === 'alert')).toHaveLength(50);
  });
});
