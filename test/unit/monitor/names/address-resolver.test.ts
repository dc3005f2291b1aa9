import { describe, expect, it } from 'vitest';
import { AddressResolver } from '../../../../monitor/names/address-resolver';
import type { LookUpResult } from '../../../../monitor/names/look-up';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

/** A resolver whose look-ups a test answers. */
function scene() {
  const clock = new FakeClock();
  const asked: { name: string; answer: (result: LookUpResult) => void }[] = [];
  const resolver = new AddressResolver(
    (name) => new Promise((answer) => asked.push({ name, answer })),
    clock,
  );
  const answer = async (result: LookUpResult): Promise<void> => {
    asked.shift()?.answer(result);
    await clock.pass(0);
  };
  return { clock, asked, resolver, answer };
}
const gone = { words: 'no name server answers' };

describe('the address of a host', () => {
  it('is an address in its canonical form, without a look-up', () => {
    const { resolver, asked } = scene();
    expect(resolver.known('0:0:0:0:0:0:0:1')).toEqual({ addresses: ['::1'], failing: null });
    expect(resolver.known('::FFFF:127.0.0.1')).toEqual({ addresses: ['127.0.0.1'], failing: null });
    expect(asked).toEqual([]);
  });

  it('stays the last known one while look-ups fail, with the reason, and is corrected by the next that succeeds', async () => {
    const { clock, resolver, answer } = scene();
    resolver.known('edge-1');
    await clock.pass(0);
    await answer({ addresses: ['10.0.0.4'] });
    expect(resolver.known('edge-1')).toEqual({ addresses: ['10.0.0.4'], failing: null });
    await clock.pass(60_000);
    const sinceMs = clock.nowMs();
    for (let failure = 1; failure <= 2; failure += 1) {
      resolver.known('edge-1');
      await clock.pass(0);
      await answer(gone);
      await clock.pass(5_000);
    }
    expect(resolver.known('edge-1')).toEqual({ addresses: ['10.0.0.4'], failing: { sinceMs, ...gone } });
    await clock.pass(0);
    await answer({ addresses: ['10.0.0.5'] });
    expect(resolver.known('edge-1')).toEqual({ addresses: ['10.0.0.5'], failing: null });
  });

  it('is unknown, with words, where a look-up never succeeded', async () => {
    const { clock, resolver, answer } = scene();
    expect(resolver.known('edge-1')).toMatchObject({ addresses: null, words: null });
    await clock.pass(0);
    await answer({ words: 'the name server knows no address for it' });
    expect(resolver.known('edge-1')).toMatchObject({
      addresses: null,
      words: 'the name server knows no address for it',
    });
  });

  it('is waited for once, and by nobody while a name server does not answer', async () => {
    const { clock, resolver, asked } = scene();
    const first = resolver.first('edge-1', 500);
    await clock.pass(500);
    expect(await first).toMatchObject({ addresses: null, words: null });
    expect(await resolver.first('edge-2', 500)).toMatchObject({ addresses: null, words: null });
    await clock.pass(0);
    expect(asked.map(({ name }) => name)).toEqual(['edge-1', 'edge-2']);
  });

  it('is looked up side by side with others, and announced when it changes, not when only its order does', async () => {
    const { clock, resolver, asked, answer } = scene();
    let changes = 0;
    resolver.onChange(() => (changes += 1));
    for (let edge = 0; edge < 40; edge += 1) resolver.known(`edge-${edge}`);
    await clock.pass(0);
    expect(asked).toHaveLength(40);
    await answer({ addresses: ['10.0.0.1', '10.0.0.2'] });
    expect(changes).toBe(1);
    await clock.pass(60_000);
    resolver.known('edge-0');
    await clock.pass(0);
    asked.at(-1)?.answer({ addresses: ['10.0.0.2', '10.0.0.1'] });
    await clock.pass(0);
    expect(changes).toBe(1);
    expect(resolver.known('edge-0')).toMatchObject({ addresses: ['10.0.0.1', '10.0.0.2'] });
  });

  it.each([
    [undefined, 60_000],
    [1_000, 10_000],
    [20_000, 20_000],
    [3_600_000, 60_000],
  ])('is looked up again as its time to live allows (%s ms), within bounds', async (ttlMs, againMs) => {
    const { clock, resolver, asked, answer } = scene();
    resolver.known('edge-1');
    await clock.pass(0);
    await answer({ addresses: ['10.0.0.1'], ...(ttlMs === undefined ? {} : { ttlMs }) });
    await clock.pass(againMs - 1);
    resolver.known('edge-1');
    await clock.pass(1);
    expect(asked).toHaveLength(0);
    resolver.known('edge-1');
    await clock.pass(0);
    expect(asked).toHaveLength(1);
  });

  it('is looked up again soon when it is in doubt', async () => {
    const { clock, resolver, asked, answer } = scene();
    resolver.known('edge-1');
    await clock.pass(0);
    await answer({ addresses: ['10.0.0.1'] });
    resolver.doubt('edge-1');
    resolver.known('edge-1');
    await clock.pass(5_000);
    resolver.known('edge-1');
    await clock.pass(0);
    expect(asked).toHaveLength(1);
  });
});
