import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHistory, openHistoryReadOnly } from '../../../../db/open-history';
import { fileProcesses, workersUrl } from '../../../fixtures/history/built-workers';
import { aFlapping, noonMs } from '../../../fixtures/history/history-entries';
import { WritingProcess } from '../../../fixtures/history/start-writing-process';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

describe('Two Herons on one history', () => {
  it('refuses the second, naming the first; a reader is welcome', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const first = WritingProcess.start(file, noonMs);
    await first.until(({ committed }) => committed === 1);
    const second = openHistory({ file, workersUrl, nowMs: () => noonMs });
    await expect(second).rejects.toMatchObject({ failure: { code: 'already-written', where: file } });
    await expect(second).rejects.toThrow(
      /Another Heron is writing this history: process \d+ on \S+, since 2026-11-22T12/,
    );

    const reading = await openHistoryReadOnly({ file, workers: fileProcesses });
    expect(
      await reading.events({ clusterId: null, types: ['flapping'], beforeId: 2, limit: 1 }),
    ).toHaveLength(1);
    await reading.close();
    await first.until(({ committed }) => committed !== undefined && committed > 1);
  });

  it('lets the next one in as soon as the first was killed', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const first = WritingProcess.start(file, noonMs);
    await first.until(({ committed }) => committed === 1);
    await first.kill();
    const history = await openHistory({ file, workersUrl });
    expect(await history.write({ spans: [], samples: [], events: [aFlapping('c', noonMs)] })).toHaveLength(1);
    await history.close();
  });

  it('refuses a second one in the same process, in either order of process', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const history = await openHistory({ file, workersUrl });
    await expect(openHistory({ file, workersUrl })).rejects.toMatchObject({
      failure: { code: 'already-written' },
    });
    const other = WritingProcess.start(file, noonMs);
    expect((await other.until(({ failure }) => failure !== undefined)).failure?.code).toBe('already-written');
    expect(await history.write({ spans: [], samples: [], events: [aFlapping('c', noonMs)] })).toHaveLength(1);
    await history.close();
    const again = await openHistory({ file, workersUrl });
    await again.close();
  });
});
