import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { channelSettingsSchema } from '../../../domain/alerts/delivery/channel-settings';
import { openHistory } from '../../../db/open-history';
import { systemClock } from '../../../monitor/base/clock';
import { Channels } from '../../../monitor/channels/channels';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { failoverScene, startScene } from '../../fixtures/alerts/failover-scene';
import { FakeClock } from '../../fixtures/clock/fake-clock';
import { startReceiver } from '../../fixtures/channels/http-receiver';
import { workersUrl } from '../../fixtures/history/built-workers';
import { mountSmallDisk, needsRoot } from '../../fixtures/history-faults/small-disk';
import { untilWriting } from '../../fixtures/history-faults/turns';

it('alerts are listed and delivered while the disk of the history is full, which is an alert, too', async ({
  skip,
}) => {
  const disk = mountSmallDisk(3072);
  if (disk === null) return skip(needsRoot);
  const file = path.join(disk.folder, 'history.sqlite');
  const ballast = path.join(disk.folder, 'ballast');
  const receiver = await startReceiver();
  const clock = new FakeClock();
  const history = await openHistory({ file, workersUrl, nowMs: () => clock.nowMs() });
  const scene = failoverScene(clock, history);
  const pipeline = await startScene(scene);
  const settings = channelSettingsSchema.parse({
    channels: [{ kind: 'webhook', name: 'ops', format: 'slack', url: `${receiver.base}/hook` }],
  });
  const channels = new Channels({
    ...{ settings, secretsOf: () => environmentSecrets({}), clock: systemClock, random: () => 0.5 },
    ...{ outboxFile: path.join(disk.folder, 'outbox.json'), isAllowedHost: () => true },
    ...{ alerts: () => pipeline.alerts, monitor: () => null },
  });
  pipeline.alerts.onNotice((notice) => channels.take(notice));
  const open = (): string[] => pipeline.alerts.list().alerts.map(({ rule }) => rule);
  try {
    await clock.pass(15_000);
    await history.flush();
    fillUp(ballast);
    // The master dies after 20 s; the history fails as soon as it has to grow.
    for (let turn = 0; !open().includes('history'); turn += 1) {
      await clock.pass(5_000);
      await history.flush();
      expect(turn).toBeLessThan(200);
    }
    await clock.pass(30_000);
    expect(history.status().words).toMatch(/The disk is full/);
    const alert = pipeline.alerts.list().alerts.find(({ rule }) => rule === 'history');
    expect(alert).toMatchObject({ words: 'What happens now is not recorded.', name: 'Heron' });
    expect(open()).toContain('edge-down');
    await vi.waitFor(() => {
      const bodies = receiver.received.map(({ body }) => body).join(' ');
      expect(bodies).toContain('not recorded');
      expect(bodies).toContain('e1');
    }, 20_000);
    const ids = pipeline.alerts.list().alerts.map(({ id }) => id);

    // With space again, what was alerted meanwhile is recorded, and nothing is notified twice after a restart.
    rmSync(ballast);
    await untilWriting(history, 'writing');
    await history.flush();
    await pipeline.stop();
    scene.notices.length = 0;
    const after = await startScene(scene);
    await clock.pass(2_000);
    expect(after.alerts.list().alerts.map(({ id }) => id)).toEqual(
      expect.arrayContaining(ids.filter((id) => !id.startsWith('history'))),
    );
    expect(scene.notices.filter(({ isLoud }) => isLoud)).toEqual([]);
    await after.stop();
  } finally {
    await channels.stop();
    await pipeline.stop();
    await history.close();
    await receiver.close();
  }
}, 120_000);

/** Leaves no byte free. */
function fillUp(file: string): void {
  for (let size = 4_000_000; size >= 4096; size = Math.floor(size / 2)) {
    try {
      while (true) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC')) throw fault;
    }
  }
}
