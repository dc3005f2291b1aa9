import { describe, expect, it } from 'vitest';
import { proofFacts, proofHead } from '../../../../renderer/settings/proof-words';

const now = Date.UTC(2026, 10, 24, 14, 6, 29);
const key = 'ab'.repeat(32);
const nothing = {
  file: '/h.sqlite',
  historyId: 'x',
  lastEventId: 7,
  seals: 0,
  lastSeal: null,
  lastSignature: null,
  keys: [],
  anchoredAt: [],
};
const lines = (standing: Parameters<typeof proofFacts>[0]): Record<string, string[]> =>
  Object.fromEntries(
    proofFacts(standing, now, 'utc').map(({ label, lines: all }) => [
      label,
      all.map(({ words, aside }) => `${words} ${aside}`.trim()),
    ]),
  );

describe('the proof in words', () => {
  it('says what is sealed and signed, by which key, and where that is anchored', () => {
    const at = now - 21 * 60_000;
    expect(
      lines({
        ...nothing,
        lastEventId: 123,
        seals: 4,
        lastSeal: { atMs: at, ledgerId: 9, eventId: 120 },
        lastSignature: { atMs: at, ledgerId: 10, eventId: 120, key },
        keys: [
          { fingerprint: key, sinceMs: at, vouched: null },
          { fingerprint: key, sinceMs: at, vouched: false },
        ],
        anchoredAt: ['/mnt/vault/heron.json'],
      }),
    ).toEqual({
      'Sealed up to': ['13:45:29 UTC 21 m ago, event 120; 3 events since'],
      'Last seal': ['ledger row 9 4 seals in all'],
      'Last signature': ['13:45:29 UTC 21 m ago, event 120'],
      Keys: [`${key} since 13:45:29 UTC`, `${key} since 13:45:29 UTC, no key before vouches for it`],
      'Last anchor': ['/mnt/vault/heron.json with each signature, so 21 m ago'],
    });
  });

  it('says so where nothing is sealed, signed or anchored', () => {
    expect(lines(nothing)).toMatchObject({
      'Sealed up to': ['nothing yet the first seal comes within the hour'],
      'Last signature': ['none'],
      Key: ['none'],
    });
    expect(lines(nothing)['Last anchor']?.[0]).toContain('kept nowhere');
  });

  it('does not call unsigned what is signed, and gives the reason of what fails', () => {
    expect(proofHead({ state: 'signed', words: 'The history is signed.', signedMs: now })).toMatchObject({
      health: 'up',
      word: 'Signed.',
    });
    expect(proofHead({ state: 'failing', words: 'No room at /mnt.', signedMs: null })).toMatchObject({
      health: 'degraded',
      words: 'No room at /mnt.',
    });
    expect(proofHead(null).health).toBe('unknown');
  });
});
