import { describe, expect, it, vi } from 'vitest';
import type { FileStatus } from '../../../../domain/contract/opened-file';
import type { Snapshot } from '../../../../domain/model/snapshot';
import type { VerifyReport } from '../../../../db/verify/verify-history';
import { HistoryError } from '../../../../db/model/history-error';
import { OpenedFiles, type FileReader, type FileHost } from '../../../../monitor/usecases/opened-files';
import { fileVerification } from '../../../../monitor/usecases/file-verdict';
import { FakeHistory } from '../../../fixtures/history/fake-history';

const key = 'f'.repeat(64);
const names = new Map([[key, 'Anna']]);
const sound: VerifyReport = {
  checks: [],
  firstBad: null,
  signed: { rowId: 4, ledgerId: 3, atMs: 5, key },
  trustedKey: key,
  verdict: { word: 'verified', unproven: [], signedBy: key, signedAtMs: 5 },
  fileBytes: 1,
  extract: null,
};

function made(other: Partial<FileReader> = {}) {
  const published: FileStatus[] = [];
  const nowMs = { value: 1_000_000 };
  const did: string[] = [];
  const shown: Snapshot[] = [];
  const host: FileHost = {
    pauseMonitoring: () => {
      did.push('paused');
      return Promise.resolve(() => {
        did.push('resumed');
        return Promise.resolve();
      });
    },
    show: (snapshot) => {
      did.push('shown');
      shown.push(snapshot);
    },
    update: (snapshot) => {
      did.push('updated');
      shown.push(snapshot);
    },
    clock: { nowMs: () => nowMs.value, monotonicMs: () => performance.now() },
    statusChanged: (status) => published.push(status),
    nameOfKey: (fingerprint) => names.get(fingerprint) ?? null,
    log: () => undefined,
  };
  const reader: FileReader = {
    stamp: () => ({ identity: '1', content: '1', recording: false }),
    inspect: () =>
      Promise.resolve({ sizeBytes: 9, hosts: ['noc'], range: { fromMs: 10, toMs: 90 }, extract: null }),
    openHistory: () => Promise.resolve(new FakeHistory()),
    verify: () => ({ result: Promise.resolve(sound), cancel: () => Promise.resolve() }),
    ...other,
  };
  return { files: new OpenedFiles(reader, host), published, did, shown, nowMs };
}

/** A history into which another Heron has just recorded. */
function followed() {
  const clock = { nowMs: 1_000_000 };
  const history = new FakeHistory(() => clock.nowMs);
  void history.write({ events: [], spans: [], samples: [] });
  const opened = made({
    openHistory: () => Promise.resolve(history),
    stamp: () => ({ identity: '1', content: '1', recording: true }),
  });
  Object.defineProperty(clock, 'nowMs', { get: () => opened.nowMs.value });
  return { ...opened, history };
}

describe('opened files', () => {
  it('pause monitoring while one is open, and resume it once', async () => {
    const { files, did } = made();
    expect(await files.open('/a.heron')).toBe(true);
    expect(await files.open('/b.heron')).toBe(true);
    expect(files.opened?.file).toBe('/b.heron');
    await files.close();
    expect(files.opened).toBeNull();
    expect(did).toEqual(['paused', 'shown', 'shown', 'resumed']);
  });

  it('are shown as not monitored, when they are opened and when the window requests the snapshot', async () => {
    const { files, shown } = made();
    await files.open('/a.heron');
    const monitor = { state: 'ok', edgesPolled: 0, words: expect.stringContaining('Nothing is monitored') };
    expect(shown).toMatchObject([{ monitor }]);
    expect(await files.snapshot()).toMatchObject({ monitor });
  });

  it('are verified, and the result is published', async () => {
    const { files, published } = made();
    await files.open('/a.heron');
    await expect.poll(() => published.at(-1)?.opened?.verification.state).toBe('verified');
    expect(published[0]?.opened?.verification).toEqual({ state: 'running', doneShare: 0 });
  });

  it('are verified once more when other keys are trusted, and the earlier result is dropped', async () => {
    const unknown: VerifyReport = {
      ...sound,
      trustedKey: null,
      verdict: { word: 'not-verified', why: 'unknown-key', unproven: [], signedBy: key },
    };
    const endings: ((report: VerifyReport) => void)[] = [];
    const cancelled: number[] = [];
    const verify: FileReader['verify'] = () => {
      const number = endings.length;
      const result = new Promise<VerifyReport>((resolve) => endings.push(resolve));
      return { result, cancel: () => Promise.resolve(void cancelled.push(number)) };
    };
    const { files } = made({ verify });
    await files.open('/a.heron');
    await files.verifyAgain();
    expect(cancelled).toEqual([0]);
    endings[0]?.(unknown);
    endings[1]?.(sound);
    await expect.poll(() => files.opened?.verification).toMatchObject({ state: 'verified', why: null });
    expect(await files.verifyReport()).toBe(sound);
    await files.close();
    expect(await files.verifyReport()).toBeNull();
    await files.verifyAgain();
    expect(endings).toHaveLength(2);
  });

  it('leave watching alone when a file is refused, and say why', async () => {
    const failure = { code: 'not-a-history' as const, what: 'No.', where: '/a', todo: 'Ask.' };
    const { files, did } = made({ inspect: () => Promise.reject(new HistoryError(failure)) });
    expect(await files.open('/a')).toBe(false);
    expect(files.status()).toMatchObject({ opened: null, refused: { what: 'No.', todo: 'Ask.' } });
    expect(did).toEqual([]);
    await files.close();
    expect(files.status().refused).toBeNull();
  });

  it('are followed while another Heron records into them, and that it has stopped is shown', async () => {
    vi.useFakeTimers();
    const { files, did, shown, published, nowMs, history } = followed();
    expect(await files.open('/live.sqlite')).toBe(true);
    expect(files.opened).toMatchObject({ followed: true, lastMs: nowMs.value - 1 });
    expect(shown.at(-1)?.monitor).toMatchObject({ state: 'ok', edgesPolled: 0 });

    nowMs.value += 1000;
    await history.write({ events: [], spans: [], samples: [] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(did.at(-1)).toBe('updated');
    expect(files.opened?.lastMs).toBe(nowMs.value - 1);
    expect(published.at(-1)?.opened?.range.toMs).toBe(nowMs.value);
    expect(await files.snapshot()).toMatchObject({ atMs: nowMs.value - 1, monitor: { state: 'ok' } });

    // The clock is set back by an hour just when the other Heron ends.
    nowMs.value -= 3_600_000;
    await vi.advanceTimersByTimeAsync(14_000);
    expect(shown.at(-1)?.monitor.state).toBe('ok');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown.at(-1)?.monitor.state).toBe('stalled');

    await files.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('are files like others when nothing was recorded into them for a while', async () => {
    const { files, nowMs } = followed();
    nowMs.value += 16_000;
    await files.open('/live.sqlite');
    expect(files.opened?.followed).toBe(false);
    await files.close();
  });

  it('are no longer verified once they were changed', async () => {
    vi.useFakeTimers();
    let content = 'genuine';
    const { files } = made({ stamp: () => ({ identity: '1', content, recording: false }) });
    await files.open('/a.heron');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(files.opened?.verification.state).toBe('verified');
    expect(await files.verifyReport()).toBe(sound);
    content = 'forged';
    await expect(files.verifyReport()).rejects.toThrow('changed after it was opened');
    await vi.advanceTimersByTimeAsync(2000);
    expect(files.opened?.verification).toMatchObject({
      state: 'failed',
      words: expect.stringContaining('changed after it was opened'),
    });
    await files.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('are not called verified when they were changed while they were verified', async () => {
    let content = 'genuine';
    const verify = () => {
      content = 'forged';
      return { result: Promise.resolve(sound), cancel: () => Promise.resolve() };
    };
    const { files } = made({ verify, stamp: () => ({ identity: '1', content, recording: false }) });
    await files.open('/a.heron');
    await expect.poll(() => files.opened?.verification.state).toBe('failed');
    await files.close();
  });

  it('say that a verification could not be made', async () => {
    const verify = () => ({ result: Promise.reject(new Error('gone')), cancel: () => Promise.resolve() });
    const { files } = made({ verify });
    await files.open('/a.heron');
    await expect.poll(() => files.opened?.verification).toEqual({ state: 'failed', words: 'gone' });
  });
});

describe('the verification of a file, as the window shows it', () => {
  const bad = { table: 'events', id: 7, period: null, edge: null, words: 'Event 7 was changed.' };
  const common = { unproven: [], signedBy: key };

  it.each<[string, VerifyReport['verdict'], RegExp]>([
    ['verified', sound.verdict, /signed by Anna \(f{64}\)/],
    ['not-verified', { ...common, word: 'not-verified', why: 'bad-record', bad }, /Event 7 was changed/],
    ['not-verified', { ...common, word: 'not-verified', why: 'unsigned' }, /no key signed it/],
    ['not-verified', { ...common, word: 'not-verified', why: 'unknown-key' }, /not trusted/],
    ['verified-up-to', { ...common, word: 'verified-up-to', upToMs: 3 }, /later is not proven/],
  ])('is %s, in words', (state, verdict, words) => {
    const verification = fileVerification(
      { ...sound, verdict },
      (fingerprint) => names.get(fingerprint) ?? null,
    );
    expect(verification.state).toBe(state);
    expect('words' in verification ? verification.words : '').toMatch(words);
  });

  it('names a redacted file', () => {
    const extract = { range: { fromMs: 1, toMs: 2 }, redacted: true, chained: 0 };
    expect(fileVerification({ ...sound, extract }, () => null)).toMatchObject({
      words: expect.stringContaining('redacted'),
    });
  });
});
