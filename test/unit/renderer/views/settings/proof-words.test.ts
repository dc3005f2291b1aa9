import { describe, expect, it } from 'vitest';
import { anchorFact, proofFacts, proofHead } from '../../../../../renderer/views/settings/proof-words';

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
};
const lines = (standing: Parameters<typeof proofFacts>[0]): Record<string, string[]> =>
  Object.fromEntries(
    proofFacts(standing, now, 'utc').map(({ label, lines: all }) => [
      label,
      all.map(({ words, aside }) => `${words} ${aside}`.trim()),
    ]),
  );

describe('the proof in words', () => {
  it('says what is sealed and signed, and by which key', () => {
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
      }),
    ).toEqual({
      'Sealed up to': ['13:45:29 UTC 21 m ago, event 120; 3 events since'],
      'Last seal': ['ledger row 9 4 seals in total'],
      'Last signature': ['13:45:29 UTC 21 m ago, event 120'],
      Keys: [`${key} since 13:45:29 UTC`, `${key} since 13:45:29 UTC, not signed by a previous key`],
    });
  });

  it('says so where nothing is sealed or signed', () => {
    expect(lines(nothing)).toMatchObject({
      'Sealed up to': ['nothing yet first seal within the hour'],
      'Last signature': ['none'],
      Key: ['none'],
    });
  });

  it('does not call unsigned what is signed, and gives the reason of what fails', () => {
    const said = { words: 'The history is signed.', signedMs: now, anchors: [] };
    expect(proofHead({ ...said, state: 'signed' })).toMatchObject({
      health: 'up',
      word: 'Signed.',
    });
    expect(proofHead({ ...said, state: 'failing', words: 'No room at /mnt.' })).toMatchObject({
      health: 'degraded',
      words: 'No room at /mnt.',
    });
    expect(proofHead(null).health).toBe('unknown');
  });
});

describe('the anchors in words', () => {
  const where = '/mnt/vault/heron.json';
  const said = (anchors: Parameters<typeof anchorFact>[0], demo = false): string[] =>
    anchorFact(anchors, demo, now, 'utc').lines.map(({ words, aside }) => `${words}: ${aside}`);

  it('name the last anchor of each place, and why the latest one failed', () => {
    const keptMs = now - 21 * 60_000;
    expect(
      said([
        { where, keptMs, failure: null },
        { where, keptMs, failure: 'no such folder.' },
        { where, keptMs: null, failure: 'the server answered 500.' },
        { where, keptMs: null, failure: null },
      ]),
    ).toEqual([
      `${where}: 13:45:29 UTC, 21 m ago`,
      `${where}: 13:45:29 UTC, 21 m ago; the latest one failed: no such folder.`,
      `${where}: none since Heron started; the latest one failed: the server answered 500.`,
      `${where}: none since Heron started`,
    ]);
  });

  it('are unknown while no history is written, and absent without a configured place', () => {
    expect(said(null)[0]).toMatch(/^unknown/);
    expect(said([])[0]).toMatch(/^not kept automatically: .*anchors\.json/);
    expect(said([], true)[0]).toMatch(/^not kept automatically: .*demo history is not anchored$/);
  });
});
