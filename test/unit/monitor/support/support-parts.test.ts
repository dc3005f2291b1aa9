import { expect, it } from 'vitest';
import type { LiveCounters } from '../../../../monitor/support/live-counters';
import { noFacts } from '../../../../monitor/support/recorded-facts';
import { supportBundle, supportText } from '../../../../monitor/support/support-bundle';
import { supportParts } from '../../../../monitor/support/support-parts';

const live: LiveCounters = {
  upSeconds: 60,
  polling: {
    ...{ state: 'ok', words: 'All well at 10.20.0.11.', lagMs: 1.5, edgesPolled: 2, edgesAnswered: 1 },
    ...{ slowestAnswerMs: 20, healthIntervalMs: 5000, roleIntervalMs: 1000, polls: 120, answered: 118 },
  },
  queue: { state: 'writing', words: '', waitingBatches: 3, droppedBatches: 0, lastWriteMs: null },
  traps: {
    ...{ port: 10162, state: 'open', words: 'Open.', received: 7, taken: 1 },
    refusals: [{ words: 'The host mail.example.net is unknown: swordfish-2.', count: 6 }],
  },
  errors: { 'the handling of a trap': 1 },
  memory: [{ process: 'Browser', bytes: 1_000_000 }],
};

async function made(isRedacted: boolean, counters: LiveCounters | null = live) {
  const bundle = await supportBundle(
    {
      environment: { HERON_NOC_AUTH: 'swordfish-2', PATH: '/usr/bin' },
      folder: '/nowhere',
      ...{ version: '0.1.0', recorded: noFacts(null, 'Nothing is monitored.'), live: counters },
      ...{ inventory: null, problems: [], nowMs: 0 },
    },
    isRedacted,
  );
  const text = supportText(bundle);
  return { text, parts: supportParts(bundle, text) };
}

it('each part says where it begins in the text', async () => {
  const { text, parts } = await made(false);
  const lines = text.split('\n');
  const fields = parts.map(({ line }) => /"(\w+)"/.exec(lines[line] ?? '')?.[1]);
  expect(fields).toEqual([
    ...['versions', 'platform', 'variables', 'settings', 'live'],
    ...['history', 'inventory', 'findings', 'log'],
  ]);
  expect(parts.find(({ title }) => title === 'Counters')?.words).toBe(
    '120 polls (118 answered), 3 batches in the queue, 7 trap packets, memory',
  );
  expect(parts.find(({ title }) => title === 'History')?.words).toBe('Nothing is monitored.');
});

it('counters hold no secret, and redacted no address and no name', async () => {
  const open = await made(false);
  expect(open.text).toContain('10.20.0.11');
  expect(open.text).not.toContain('swordfish-2');
  const { text } = await made(true);
  for (const hidden of ['swordfish-2', '10.20.0.11', 'mail', '/usr/bin']) expect(text).not.toContain(hidden);
  expect(text).toContain('"polls": 120');
  expect(text).toContain('"errors": {\n      "the handling of a trap": 1');
});

it('without a running monitor there are no counters', async () => {
  const { text, parts } = await made(true, null);
  expect(JSON.parse(text)).toMatchObject({ live: null });
  expect(parts.find(({ title }) => title === 'Counters')?.words).toBe('none');
});
