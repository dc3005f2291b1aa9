import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../monitor/base/clock';
import { MonitorMetrics } from '../../../monitor/metrics/monitor-metrics';
import { PasswordStore } from '../../../monitor/secrets/password-store';
import { AppMetrics } from '../../../monitor/usecases/app-metrics';

const running: AppMetrics[] = [];
afterEach(() => Promise.all(running.splice(0).map((metrics) => metrics.stop())));

/** Reverses the text: stored text is not the secret, as with a keychain. */
const cipher = {
  protection: () => 'keychain' as const,
  encrypt: (text: string) => Buffer.from([...text].reverse().join('')),
  decrypt: (encrypted: Buffer) => [...encrypted.toString()].reverse().join(''),
};

function create(): { metrics: AppMetrics; file: string } {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'heron-metrics-')), 'passwords.json');
  const passwords = new PasswordStore(file, cipher);
  const metrics = new AppMetrics({
    metrics: new MonitorMetrics('1.0.0', () => null),
    clock: systemClock,
    passwords,
  });
  running.push(metrics);
  return { metrics, file };
}

const urlIn = (words: string): string => /http:\S+metrics/.exec(words)?.[0] ?? '';

describe('the metrics of the app', () => {
  it('are offered on this computer without a token, and nowhere when switched off', async () => {
    const { metrics } = create();
    expect(metrics.status()).toMatchObject({ state: 'off', address: null });
    const { state, words } = await metrics.start('127.0.0.1:0');
    expect([state, words]).toEqual(['open', expect.stringMatching(/on this computer only/)]);
    expect((await fetch(urlIn(words), { headers: { 'sec-fetch-mode': '' } })).status).toBe(403);
    await metrics.start(null);
    await expect(fetch(urlIn(words))).rejects.toThrow();
  });

  it('need a token for other computers, which is stored encrypted', async () => {
    const { metrics, file } = create();
    expect(await metrics.start('0.0.0.0:0')).toMatchObject({
      state: 'failed',
      words: expect.stringMatching(/without a token/) as unknown,
    });
    metrics.setToken('s3cret-token');
    const { state, hasToken } = await metrics.start('0.0.0.0:0');
    expect([state, hasToken]).toEqual(['open', true]);
    expect(readFileSync(file, 'utf8')).not.toContain('s3cret-token');
    metrics.setToken('');
    expect((await metrics.start('0.0.0.0:0')).state).toBe('failed');
  });

  it('say what is wrong with an address', async () => {
    const { metrics } = create();
    expect(await metrics.start('nowhere')).toMatchObject({
      state: 'failed',
      words: expect.stringMatching(/no address/) as unknown,
    });
  });
});
