import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlertNotice } from '../../../../domain/model/alert';
import { defaultDeskSettings, type DeskSettings } from '../../../../domain/model/desk';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

interface FakeNotification extends EventEmitter {
  title: string;
  body: string;
  isClosed: boolean;
  close(): void;
}
const server = vi.hoisted(() => ({
  shown: [] as unknown[],
  answer: 'show' as 'show' | 'failed' | 'nothing',
}));
const shown = (): FakeNotification[] => server.shown as FakeNotification[];

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class Notification extends Emitter {
    static isSupported = (): boolean => true;
    isClosed = false;
    title: string;
    body: string;
    constructor({ title, body }: { title: string; body: string }) {
      super();
      [this.title, this.body] = [title, body];
    }
    show(): void {
      server.shown.push(this);
      if (server.answer !== 'nothing') this.emit(server.answer, {}, '');
    }
    close(): void {
      this.isClosed = true;
      this.emit('close');
    }
  }
  return { Notification };
});
const { DeskNotifications } = await import('../../../../electron/desk/desk-notifications');
const { Outcome } = await import('../../../../electron/desk/outcome');

let settings: DeskSettings;
let opened: string[];
let clock: FakeClock;
let outcome: InstanceType<typeof Outcome>;
let notifications: InstanceType<typeof DeskNotifications>;
beforeEach(() => {
  [server.shown, server.answer, settings, opened] = [[], 'show', defaultDeskSettings, []];
  clock = new FakeClock(Date.UTC(2026, 11, 1, 23));
  outcome = new Outcome(
    'A notification',
    () => clock.nowMs(),
    () => undefined,
  );
  notifications = new DeskNotifications({
    settings: () => settings,
    outcome,
    clock,
    zone: () => 'UTC',
    open: (link) => opened.push(link),
  });
});

const notice = (change: Partial<AlertNotice> = {}): AlertNotice => ({
  id: 'g-1',
  groupId: 'g',
  kind: 'opened',
  isLoud: true,
  atMs: 0,
  severity: 'critical',
  title: 'No active LB: gru-01',
  text: 'Users are cut off.',
  link: 'heron://cluster/gru-01?t=2026-12-01T23:00:00.000Z',
  alerts: [],
  alertCount: 1,
  clusterCount: 1,
  suppressed: 0,
  ...change,
});

describe('notifications of the desktop', () => {
  it('are one for a group, replaced by its updates and closed with its end', () => {
    notifications.handle(notice());
    notifications.handle(notice({ kind: 'updated', isLoud: false, title: 'No active LB: 2 clusters' }));
    expect(shown().map(({ title, isClosed }) => [title, isClosed])).toEqual([
      ['No active LB: gru-01', true],
      ['No active LB: 2 clusters', false],
    ]);
    notifications.handle(notice({ kind: 'cleared', isLoud: false }));
    expect(shown().every(({ isClosed }) => isClosed)).toBe(true);
    expect(shown()).toHaveLength(2);
    expect(outcome.current.lastSuccessMs).toBe(clock.nowMs());
  });

  it('that a person has closed come back for a loud notice only', () => {
    notifications.handle(notice());
    shown()[0]?.close();
    notifications.handle(notice({ kind: 'updated', isLoud: false }));
    expect(shown()).toHaveLength(1);
    notifications.handle(notice({ kind: 'escalated' }));
    expect(shown()).toHaveLength(2);
  });

  it('open the view of the link when they are clicked', () => {
    notifications.handle(notice());
    shown()[0]?.emit('click');
    expect(opened).toEqual(['heron://cluster/gru-01?t=2026-12-01T23:00:00.000Z']);
  });

  it('are of the severities that are wanted, and critical only in quiet hours', () => {
    notifications.handle(notice({ severity: 'info' }));
    settings = { ...settings, quietHours: { from: '22:00', to: '06:00' } };
    notifications.handle(notice({ severity: 'warning', groupId: 'h' }));
    settings = { ...settings, notifies: false };
    notifications.handle(notice({ groupId: 'i' }));
    expect(shown()).toHaveLength(0);
    settings = { ...settings, notifies: true };
    notifications.handle(notice({ groupId: 'j' }));
    expect(shown()).toHaveLength(1);
  });

  it('that fail are recorded with the reason, and so is a service that does not respond', async () => {
    server.answer = 'failed';
    await notifications.test();
    expect(outcome.current.lastFailure?.words).toMatch(/No notification service/);
    server.answer = 'nothing';
    const tested = notifications.test();
    await clock.pass(5_000);
    await tested;
    expect(outcome.current.lastFailure?.words).toMatch(/did not respond/);
    expect(outcome.current.lastSuccessMs).toBeNull();
  });
});
