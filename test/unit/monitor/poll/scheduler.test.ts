import { describe, expect, it } from 'vitest';
import { Scheduler, type PollTarget, type SchedulerOptions } from '../../../../monitor/poll/scheduler';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

interface Poll {
  edgeId: string;
  kind: string;
  atMs: number;
}

function scene(
  targets: PollTarget[],
  takesMs: (poll: Poll) => number = () => 5,
  answers: (poll: Poll) => boolean | Promise<boolean> = () => true,
): { clock: FakeClock; polls: Poll[]; overlaps: () => number; scheduler: Scheduler } {
  const clock = new FakeClock();
  const polls: Poll[] = [];
  const underWay = new Set<string>();
  let overlaps = 0;
  const options: SchedulerOptions = {
    clock,
    healthIntervalMs: 10_000,
    roleIntervalMs: 1_000,
    random: () => 0.5,
    poll: (edgeId, kind) => {
      const poll = { edgeId, kind, atMs: clock.monotonicMs() };
      polls.push(poll);
      if (underWay.has(edgeId)) overlaps += 1;
      underWay.add(edgeId);
      return new Promise((resolve) => {
        clock.after(takesMs(poll), () => {
          underWay.delete(edgeId);
          resolve(answers(poll));
        });
      });
    },
  };
  return { clock, polls, overlaps: () => overlaps, scheduler: new Scheduler(targets, options) };
}

const edges = (count: number): { edgeId: string; hasRolePoll: boolean }[] =>
  Array.from({ length: count }, (_, index) => ({ edgeId: `e${index}`, hasRolePoll: true }));

describe('the scheduler', () => {
  it('polls health every interval and the role every second', async () => {
    const { clock, polls, scheduler } = scene(edges(1));
    await clock.pass(60_000);
    scheduler.stop();
    const health = polls.filter((poll) => poll.kind === 'health').length;
    expect(health).toBeGreaterThanOrEqual(6);
    expect(health).toBeLessThanOrEqual(7);
    const role = polls.length - health;
    expect(role).toBeGreaterThanOrEqual(50);
    expect(role).toBeLessThanOrEqual(60);
  });

  it('polls an edge at intervals of its own, and follows when they change', async () => {
    const own = { edgeId: 'e1', hasRolePoll: true, healthIntervalMs: 2_000, roleIntervalMs: 500 };
    const { clock, polls, scheduler } = scene([...edges(1), own]);
    const count = (edgeId: string, kind: string): number =>
      polls.filter((poll) => poll.edgeId === edgeId && poll.kind === kind).length;
    await clock.pass(20_000);
    expect(count('e1', 'health')).toBeGreaterThanOrEqual(9);
    expect(count('e1', 'role')).toBeGreaterThanOrEqual(28);
    expect(count('e0', 'health')).toBeLessThanOrEqual(3);
    expect(count('e0', 'role')).toBeLessThanOrEqual(20);
    const before = count('e1', 'role');
    scheduler.retarget([...edges(1), { ...own, roleIntervalMs: 5_000 }]);
    await clock.pass(20_000);
    scheduler.stop();
    expect(count('e1', 'role') - before).toBeLessThanOrEqual(6);
  });

  it('goes on polling an edge after a fault in a poll, which is told and not swallowed', async () => {
    const told: unknown[] = [];
    const listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (fault) => told.push(fault));
    try {
      const { clock, polls, scheduler } = scene(edges(1), undefined, ({ atMs }) =>
        atMs < 3_000 ? Promise.reject(new Error('a fault of ours')) : true,
      );
      await clock.pass(30_000);
      await new Promise((resolve) => setImmediate(resolve));
      scheduler.stop();
      expect(polls.length).toBeGreaterThan(25);
      expect(told.length).toBeGreaterThan(0);
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const listener of listeners) process.on('unhandledRejection', listener);
    }
  });

  it('asks no role of an edge that has none to tell', async () => {
    const { clock, polls } = scene([{ edgeId: 'alone', hasRolePoll: false }]);
    await clock.pass(25_000);
    expect(new Set(polls.map((poll) => poll.kind))).toEqual(new Set(['health']));
  });

  it('never has two polls of one edge under way, however slow it is or often it is hastened', async () => {
    const { clock, scheduler, overlaps, polls } = scene(edges(3), () => 2_500);
    for (let n = 0; n < 50; n += 1) {
      scheduler.hasten('e1', n % 2 === 0 ? 'role' : 'health');
      await clock.pass(300);
    }
    expect(polls.length).toBeGreaterThan(10);
    expect(overlaps()).toBe(0);
  });

  it('spreads the edges instead of polling them in one burst', async () => {
    const { clock, polls } = scene(edges(100));
    await clock.pass(30_000);
    const perTenth = new Map<number, number>();
    for (const poll of polls.filter((one) => one.kind === 'role' && one.atMs > 10_000)) {
      const tenth = Math.floor(poll.atMs / 100);
      perTenth.set(tenth, (perTenth.get(tenth) ?? 0) + 1);
    }
    expect(Math.max(...perTenth.values())).toBeLessThanOrEqual(30);
  });

  it('reads each edge of a large fleet for the first time within 20 s, few of them at a time', async () => {
    const count = 16_000;
    const first = new Map<string, number>();
    const { clock, scheduler } = scene(edges(count), ({ edgeId, atMs }) => {
      if (!first.has(edgeId)) first.set(edgeId, atMs);
      return 90;
    });
    await clock.pass(20_000);
    scheduler.stop();
    expect(first.size).toBe(count);
    const perTenth = new Map<number, number>();
    for (const atMs of first.values()) {
      const tenth = Math.floor(atMs / 90);
      perTenth.set(tenth, (perTenth.get(tenth) ?? 0) + 1);
    }
    expect(Math.max(...perTenth.values())).toBeLessThanOrEqual(2 * 128);
  });

  it.each([
    { count: 100, wakes: 25, together: 20 },
    { count: 2_000, wakes: 1_000, together: 40 },
  ])(
    'is woken rarely, and starts no burst of polls, for $count edges',
    async ({ count, wakes, together }) => {
      const { clock, polls, scheduler } = scene(edges(count));
      await clock.pass(25_000);
      scheduler.stop();
      const perInstant = new Map<number, number>();
      for (const { atMs } of polls.filter((one) => one.kind === 'role' && one.atMs > 15_000))
        perInstant.set(atMs, (perInstant.get(atMs) ?? 0) + 1);
      expect(perInstant.size / 10).toBeLessThanOrEqual(wakes);
      expect(Math.max(...perInstant.values())).toBeLessThanOrEqual(together);
    },
  );

  it('polls at once when hastened, and once more right after a poll under way', async () => {
    const { clock, polls, scheduler } = scene(edges(1), () => 100);
    await clock.pass(5_030);
    const before = polls.length;
    scheduler.hasten('e0', 'health');
    await clock.pass(150);
    expect(polls.slice(before).map((poll) => poll.kind)).toContain('health');
  });

  it('does not ask an edge without an LB for its role, however often it is hastened', async () => {
    const { clock, polls, scheduler } = scene([{ edgeId: 'e0', hasRolePoll: false }]);
    await clock.pass(100);
    const before = polls.length;
    scheduler.hasten('e0', 'role');
    await clock.pass(1_000);
    expect(polls.length).toBe(before);
  });

  it('backs silent edges off without delaying the others', async () => {
    const { clock, polls } = scene(
      edges(2),
      (poll) => (poll.edgeId === 'e0' ? 1_000 : 5),
      (poll) => poll.edgeId !== 'e0',
    );
    await clock.pass(120_000);
    const last = polls.filter((poll) => poll.atMs > 60_000);
    const silent = last.filter((poll) => poll.edgeId === 'e0').length;
    const healthy = last.filter((poll) => poll.edgeId === 'e1').length;
    expect(silent).toBeLessThan(20);
    expect(silent).toBeGreaterThanOrEqual(9);
    expect(healthy).toBeGreaterThanOrEqual(55);
  });

  it('stops', async () => {
    const { clock, polls, scheduler } = scene(edges(5));
    await clock.pass(3_000);
    scheduler.stop();
    const before = polls.length;
    await clock.pass(30_000);
    expect(polls.length).toBe(before);
  });
});
