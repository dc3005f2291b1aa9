import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observeCounters, type CounterTrack } from '../../../../../domain/cluster/observe/interface-rates';
import type { InterfaceReading } from '../../../../../domain/model/reading';

const interfaceUse = { management: 1, proxy: 2, loadBalancer: 3 };
const pollMs = 5_000;

function counted(
  index: number,
  octets: bigint | null,
  change: Partial<InterfaceReading> = {},
): InterfaceReading {
  const name = `vmx${index - 1}`;
  const base = { index, name, adminUp: true, operUp: true, counterBits: 64 as const };
  return { ...base, inOctets: octets, outOctets: octets, ...change };
}

interface Poll {
  proxy: bigint | null;
  management?: bigint;
  change?: Partial<InterfaceReading>;
  restarted?: boolean;
  afterMs?: number;
}

/** The rate of the proxy's ingress after each poll, megabits per second. */
function ratesAfter(polls: readonly Poll[]): (number | null)[] {
  let track: CounterTrack | null = null;
  let nowMs = 0;
  let management = 1_000n;
  return polls.map((poll) => {
    nowMs += poll.afterMs ?? pollMs;
    management = poll.management ?? management + 500n;
    const interfaces = [counted(1, management), counted(2, poll.proxy, poll.change)];
    track = observeCounters(track, { interfaces, interfaceUse }, nowMs, poll.restarted ?? false);
    const bits = track?.rates?.proxyInBitsPerSecond ?? null;
    return bits === null ? null : Math.round(bits / 1e5) / 10;
  });
}

/** Octets of 10 Mb/s over one interval. */
const tenMegabits = 6_250_000n;
const narrow = { counterBits: 32 as const };

describe('observeCounters', () => {
  it('shows no spike when a 32-bit counter is reset, and goes on after it', () => {
    const before = 3_000_000_000n;
    const polls = [before, before + tenMegabits, 1_000n, 1_000n + tenMegabits];
    expect(ratesAfter(polls.map((proxy) => ({ proxy, change: narrow })))).toEqual([null, 10, null, 10]);
  });

  it('goes on over a wrap at the rate before', () => {
    const start = 2n ** 32n - tenMegabits - tenMegabits / 2n;
    const polls = [0n, 1n, 2n, 3n].map((at) => (start + at * tenMegabits) % 2n ** 32n);
    const wraps = polls.map((octets, at) => ({
      proxy: octets,
      change: { ...narrow, outOctets: 1_000n + BigInt(at) },
    }));
    expect(ratesAfter(wraps)).toEqual([null, 10, 10, 10]);
  });

  it('never exceeds the speed of the interface', () => {
    const speed = { speedBitsPerSecond: 1e9 };
    const polls = [0n, tenMegabits, 10n * 625_000_000n].map((proxy) => ({ proxy, change: speed }));
    expect(ratesAfter(polls)).toEqual([null, 10, null]);
  });

  it('does not believe the 10 Mb/s that net-snmp reports of a virtual interface', () => {
    const nominal = { speedBitsPerSecond: 10_000_000 };
    const polls = [0n, 10n * tenMegabits].map((proxy) => ({ proxy, change: nominal }));
    expect(ratesAfter(polls)).toEqual([null, 100]);
  });

  it.each<[string, Poll, (number | null)[]]>([
    ['a 64-bit reset', { proxy: 500n }, [null, 10, null]],
    ['a restart, even if the counter rose', { proxy: 2n * tenMegabits, restarted: true }, [null, 10, null]],
    [
      'a discontinuity that the agent reports',
      { proxy: 2n * tenMegabits, change: { discontinuityMs: 900 } },
      [null, 10, null],
    ],
    ['a step back by a little', { proxy: tenMegabits - 800n }, [null, 10, null]],
    ['a narrower counter', { proxy: 1_000n, change: narrow }, [null, 10, null]],
    ['a pause of ten minutes', { proxy: 2n * tenMegabits, afterMs: 600_000 }, [null, 10, null]],
  ])('is unknown for the step of %s', (_, third, rates) => {
    const change = { discontinuityMs: 0 };
    const polls = [{ proxy: 0n, change }, { proxy: tenMegabits, change }, third];
    expect(ratesAfter(polls)).toEqual(rates);
  });

  it('is unknown in both directions when one counter was reset', () => {
    const polls = [0n, tenMegabits, 2n * tenMegabits].map((proxy, at) => ({
      proxy,
      change: { outOctets: at === 2 ? 0n : 5_000_000n + proxy },
    }));
    expect(ratesAfter(polls)).toEqual([null, 10, null]);
  });

  it('bridges a poll without counters, and one at the same instant', () => {
    const polls = [
      { proxy: 0n },
      { proxy: null, management: undefined },
      { proxy: 2n * tenMegabits },
      { proxy: 2n * tenMegabits, afterMs: 0 },
    ];
    let track: CounterTrack | null = null;
    for (const [at, poll] of polls.entries()) {
      const interfaces = poll.proxy === null ? [] : [counted(2, poll.proxy)];
      track = observeCounters(track, { interfaces, interfaceUse }, Math.min(at, 2) * pollMs, false);
    }
    expect(track?.rates?.proxyInBitsPerSecond).toBe(10_000_000);
  });

  it('takes a repeated counter for the agent’s cache, then for no traffic', () => {
    const polls = [0n, 2n * tenMegabits, 2n * tenMegabits, 4n * tenMegabits].map((proxy, at) => ({
      proxy,
      afterMs: at === 0 ? pollMs : 2_500,
      management: proxy,
    }));
    expect(ratesAfter(polls)).toEqual([null, 40, 40, 20]);
    expect(ratesAfter([0n, 0n].map((proxy) => ({ proxy })))).toEqual([null, 0]);
  });

  it('is unknown while not even the octets of the polls are counted', () => {
    const frozen = { proxy: tenMegabits, management: 7n };
    expect(ratesAfter([{ proxy: 0n, management: 1n }, frozen, frozen, frozen, frozen])).toEqual([
      null,
      10,
      0,
      null,
      null,
    ]);
  });

  it('is never above the speed, whatever the agent counts', () => {
    const octets = fc.bigInt(0n, 2n ** 64n - 1n);
    const polls = fc.array(
      fc.record({
        proxy: octets,
        bits: fc.constantFrom<32 | 64>(32, 64),
        afterMs: fc.integer({ min: 0, max: 90_000 }),
      }),
      { minLength: 2, maxLength: 20 },
    );
    fc.assert(
      fc.property(polls, (list) => {
        const rates = ratesAfter(
          list.map(({ proxy, bits, afterMs }) => ({
            proxy: bits === 32 ? proxy % 2n ** 32n : proxy,
            afterMs,
            change: { counterBits: bits, speedBitsPerSecond: 1e9 },
          })),
        );
        for (const rate of rates) expect(rate ?? 0).toBeLessThanOrEqual(1_000);
      }),
    );
  });
});
