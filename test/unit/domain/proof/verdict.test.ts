import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../domain/proof/check';
import { verdictExitCode, verdictOf, type Examined } from '../../../../domain/proof/verdict';

const check = (change: Partial<Check> = {}): Check => ({
  name: 'events',
  count: 1,
  unit: 'rows',
  result: 'ok',
  words: 'As they were written.',
  bad: null,
  openFromMs: null,
  ...change,
});
const bad = { table: 'spans', id: 3, period: null, edge: null, words: 'spans row 3 was changed.' };
const sound: Examined = {
  checks: [check()],
  signed: { atMs: 9000, key: 'k' },
  trustedKey: 'k',
  fromMs: 1000,
};

describe('the verdict', () => {
  it('is verified when a trusted key signed everything', () => {
    const verdict = verdictOf(sound);
    expect(verdict).toMatchObject({ word: 'verified', signedBy: 'k', unproven: [] });
    expect(verdictExitCode(verdict)).toBe(0);
  });

  it.each<[string, Partial<Examined>, object, number]>([
    ['a bad record', { checks: [check({ result: 'bad', bad })] }, { why: 'bad-record', bad }, 1],
    ['no signature', { signed: null, trustedKey: null }, { why: 'unsigned' }, 1],
    ['a key that is not trusted', { trustedKey: null }, { why: 'unknown-key' }, 1],
    [
      'rows after the last seal',
      { checks: [check({ result: 'open' })] },
      { word: 'verified-up-to', upToMs: 9000 },
      3,
    ],
    [
      'rows that are open earlier than that',
      { checks: [check({ result: 'open', openFromMs: 4000 }), check({ result: 'open' })] },
      { word: 'verified-up-to', upToMs: 4000 },
      3,
    ],
    [
      'everything open',
      { checks: [check({ result: 'open', openFromMs: 1000 })] },
      { word: 'not-verified', why: 'nothing-proven' },
      1,
    ],
  ])('with %s is another one', (_what, change, expected, exitCode) => {
    const verdict = verdictOf({ ...sound, ...change });
    expect(verdict).toMatchObject(expected);
    expect(verdictExitCode(verdict)).toBe(exitCode);
  });

  it('is never verified with a bad or open check, without a signature, or without a trusted key', () => {
    const checks = fc.array(
      fc.record({ result: fc.constantFrom('ok', 'bad', 'open'), openFromMs: fc.option(fc.nat(10_000)) }),
    );
    fc.assert(
      fc.property(checks, fc.boolean(), fc.boolean(), (drawn, isSigned, isTrusted) => {
        const all = drawn.map(({ result, openFromMs }) =>
          check({ result: result as Check['result'], openFromMs, bad: result === 'bad' ? bad : null }),
        );
        const verdict = verdictOf({
          checks: all,
          signed: isSigned ? { atMs: 9000, key: 'k' } : null,
          trustedKey: isTrusted ? 'k' : null,
          fromMs: 1000,
        });
        const whole = isSigned && isTrusted && all.every(({ result }) => result === 'ok');
        expect(verdictExitCode(verdict) === 0).toBe(whole);
      }),
    );
  });
});
