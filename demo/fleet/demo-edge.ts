import type { CarpRole } from '../carp/member';
import { healthy, type EdgeConditions } from '../faults/conditions';
import { randomFor } from '../random/seed';
import type { EdgeCounters } from '../traffic/cluster-traffic';
import type { EdgePlan } from './plan';

/** An edge's load, relative to its share of the base load. */
export interface EdgeLoad {
  bitsPerSecond(nowMs: number): number;
  /** Requests at which the processor would be fully busy. */
  fullBitsPerSecond: number;
}

/** Uptime of the kernel when the agent starts. */
const agentStartDelayMs = 3_000;
const secondsPerTick = 1 / 128;

/** One edge as a machine: what runs, since when, and its load. Its agent and its responder read it. */
export class DemoEdge {
  conditions: EdgeConditions = healthy;
  boots: number;
  private bootedAtMs: number;
  private readonly phase: number;
  private busyTicks = 0;
  private busyToMs: number;
  /** When proxy and LB interface last changed, UTC milliseconds. */
  linkChangedAtMs: number;

  constructor(
    readonly plan: EdgePlan,
    seed: number,
    readonly counters: EdgeCounters,
    private readonly load: EdgeLoad,
    readonly roleNow: () => CarpRole | undefined,
    startMs: number,
  ) {
    this.boots = plan.boots;
    this.bootedAtMs = startMs - plan.uptimeMs;
    this.linkChangedAtMs = this.bootedAtMs;
    this.busyToMs = startMs;
    this.phase = randomFor(seed, `edge/${plan.name}`)() * 2 * Math.PI;
    this.busyTicks = (plan.uptimeMs / 1000 / secondsPerTick) * 0.2;
  }

  /** The machine restarted: uptimes and tick counters begin at zero, and the engine counts one more boot. */
  boot(atMs: number): void {
    this.boots += 1;
    this.bootedAtMs = atMs - agentStartDelayMs;
    this.linkChangedAtMs = atMs;
    this.busyTicks = 0;
    this.busyToMs = atMs;
  }

  /** Milliseconds since the machine started (hrSystemUptime). */
  systemUptimeMs(nowMs: number): number {
    return Math.max(0, nowMs - this.bootedAtMs);
  }

  /** Milliseconds since the agent started (sysUpTime, snmpEngineTime). */
  agentUptimeMs(nowMs: number): number {
    return Math.max(0, this.systemUptimeMs(nowMs) - agentStartDelayMs);
  }

  /** Processor use, 0..100. */
  cpuPercent(nowMs: number): number {
    const ripple = Math.sin(nowMs / 7_000 + this.phase) + Math.sin(nowMs / 2_300 + 2 * this.phase);
    if (this.conditions.cpuHigh) return 95.5 + ripple;
    if (!this.conditions.proxyRunning) return 4 + ripple;
    const used = this.load.bitsPerSecond(nowMs) / this.load.fullBitsPerSecond;
    return Math.min(89, Math.max(1, 6 + 60 * used + ripple));
  }

  /** Swap in use, 0..100. */
  swapPercent(nowMs: number): number {
    return 1.6 + 0.5 * Math.sin(nowMs / 600_000 + this.phase);
  }

  /** Established TCP connections: one per some thousand bits per second of requests. */
  tcpEstablished(nowMs: number): number {
    return 14 + Math.round(this.load.bitsPerSecond(nowMs) / 9_000);
  }

  /** Ticks the processor has been busy and idle since the start, always growing. */
  processorTicks(nowMs: number): { busy: number; idle: number } {
    const seconds = Math.max(0, nowMs - this.busyToMs) / 1000;
    this.busyTicks += (seconds / secondsPerTick) * (this.cpuPercent(nowMs) / 100);
    this.busyToMs = Math.max(this.busyToMs, nowMs);
    const all = this.systemUptimeMs(nowMs) / 1000 / secondsPerTick;
    return { busy: Math.floor(this.busyTicks), idle: Math.max(0, Math.floor(all - this.busyTicks)) };
  }
}
