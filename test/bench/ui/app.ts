import { startApp } from '../../../electron/start-app';
import { systemClock, type Clock } from '../../../monitor/base/clock';
import { systemPolling } from '../../../monitor/start-monitor';
import { ScriptedEdges } from './scripted-edges';

/*
 * The app as it is, with scripted edges in the place of the network, and a clock that may run faster. What starts it says how in
 * its environment.
 */
const speed = Number(process.env['HERON_BENCH_SPEED'] ?? '1');
const intervalMs = (name: string, usual: number): number => Number(process.env[name] ?? usual);

const fastClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now() * speed,
  monotonicMs: () => performance.now() * speed,
  after: (delayMs, callback) => systemClock.after(delayMs / speed, callback),
};
const clock = speed === 1 ? systemClock : fastClock;

// Playwright's own questions are lost in a process that collects so much.
if (process.env['HERON_BENCH_TELLS'])
  setInterval(() => {
    gc?.();
    const told = { heapUsed: process.memoryUsage().heapUsed, atMs: clock.nowMs(), realMs: Date.now() };
    process.stdout.write(`heap ${JSON.stringify(told)}\n`);
  }, 4_000);

startApp({
  ...systemPolling,
  pathProbe: null,
  clock,
  healthIntervalMs: intervalMs('HERON_BENCH_HEALTH_MS', 5_000),
  roleIntervalMs: intervalMs('HERON_BENCH_ROLE_MS', 1_000),
  readerOf: () => new ScriptedEdges(clock),
});
