import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openHistory } from '../../../db/open-history';
import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import { systemClock } from '../../../monitor/base/clock';
import { keepHeapSmall } from '../../../monitor/host/heap-growth';
import { startPipeline } from '../../../monitor/pipeline/pipeline';
import { demoPasswords } from '../../../monitor/secrets/demo-passwords';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { EdgeReader } from '../../../monitor/poll/edge-reader';
import { benchInventory } from './fleet';
import { TimedSource } from './lateness';

/** Role polls are another bench's subject. */
const roleIntervalMs = 24 * 3_600_000;
const longestFirstRoundMs = 300_000;

export interface Collected {
  pollsPerSecond: number;
  cpuMicrosPerPoll: number;
  lateP95Ms: number;
  lateMaxMs: number;
  rssMb: number;
  errors: number;
  /** What the agents themselves took: they share the machine. */
  agentCpuMicrosPerPoll: number;
  objectsPerPoll: number;
  /** From the start until every edge has answered, and until the measurement began. */
  firstRoundSeconds: number;
  warmUpSeconds: number;
}

/** Runs the whole pipeline against agents on `ports` for `seconds` after warm-up. This process is the collector. */
export async function collect(
  ports: readonly number[],
  agentsCpuMicros: () => Promise<number>,
  { seconds, intervalMs }: { seconds: number; intervalMs: number },
): Promise<Collected> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'heron-bench-'));
  const history = await openHistory({
    file: path.join(folder, 'history.sqlite'),
    workersUrl: new URL('../workers/', import.meta.url),
    readers: 1,
  });
  const inventory = identifyInventory(benchInventory(ports), null);
  await history.putInventory(inventory, Date.now());
  const credentials = new Map(inventory.credentials.map((credential) => [credential.name, credential]));
  const reader = new EdgeReader({
    credentialOf: (name) => credentials.get(name),
    secrets: environmentSecrets({}, demoPasswords),
  });
  const source = new TimedSource(reader, intervalMs);
  const startedMs = performance.now();
  keepHeapSmall();
  const pipeline = await startPipeline({
    inventory,
    source,
    history,
    clock: systemClock,
    healthIntervalMs: intervalMs,
    roleIntervalMs,
    version: 'bench',
    random: Math.random,
  });
  try {
    await firstRound(() => source.edgesAnswered === ports.length, startedMs);
    const firstRoundSeconds = (performance.now() - startedMs) / 1000;
    await wait(intervalMs * 1.5);
    const warmUpSeconds = (performance.now() - startedMs) / 1000;
    const agentsBefore = await agentsCpuMicros();
    const beforeCpu = process.cpuUsage();
    const beforeMs = performance.now();
    source.measure();
    await wait(seconds * 1000);
    const { user, system } = process.cpuUsage(beforeCpu);
    const elapsedMs = performance.now() - beforeMs;
    const { polls, unanswered } = source;
    const agentsCpu = (await agentsCpuMicros()) - agentsBefore;
    const { p95Ms, maxMs } = source.lateness();
    for (const [words, count] of source.unansweredWords) process.stderr.write(`${count}: ${words}\n`);
    return {
      pollsPerSecond: round(polls / (elapsedMs / 1000)),
      cpuMicrosPerPoll: round((user + system) / polls),
      lateP95Ms: round(p95Ms),
      lateMaxMs: round(maxMs),
      rssMb: round(peakRssKb() / 1024),
      errors: unanswered,
      agentCpuMicrosPerPoll: round(agentsCpu / polls),
      objectsPerPoll: objectsRead(inventory, (id) => pipeline.lastReading(id)),
      firstRoundSeconds: round(firstRoundSeconds),
      warmUpSeconds: round(warmUpSeconds),
    };
  } finally {
    await pipeline.stop();
    await source.close();
    await history.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstRound(allAnswered: () => boolean, startedMs: number): Promise<void> {
  while (!allAnswered() && performance.now() - startedMs < longestFirstRoundMs) await wait(100);
}

type LastReading = ReturnType<Awaited<ReturnType<typeof startPipeline>>['lastReading']>;

/** Objects whose values the first edge's last reading holds. */
function objectsRead(inventory: Inventory, last: (edgeId: string) => LastReading): number {
  const id = inventory.clusters[0]?.edges[0]?.id;
  const reading = id === undefined ? null : last(id);
  if (reading?.snmp.outcome !== 'answered') return 0;
  const { value } = reading.snmp;
  const scalars = [value.caConnectivity, value.loggingConnectivity, value.cpuPercent, value.swapPercent];
  const uptimes = [value.systemUptimeMs, value.agentUptimeMs, value.tcpEstablished];
  const cells = value.interfaces.flatMap((one) => [one.adminUp, one.operUp, one.inOctets, one.outOctets]);
  const all = [...scalars, ...uptimes, ...cells, ...value.roles];
  return all.filter((one) => one !== null).length;
}

/** This process's own peak: getrusage's also holds that of the program which started it. */
function peakRssKb(): number {
  if (!existsSync('/proc/self/status')) return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
