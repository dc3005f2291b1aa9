import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { demoPasswords } from '../../../monitor/secrets/demo-passwords';
import type { PolledObject } from './edge-objects';
import { user } from './fleet';

const program = '/usr/bin/prometheus-snmp-exporter';
const packageName = 'prometheus-snmp-exporter';
const startMs = 10_000;
const warmUpMs = 5_000;
/** Linux counts a process's CPU time in ticks of 10 ms (USER_HZ). */
const microsPerTick = 10_000;

export interface PeerMeasured {
  peerCpuMicrosPerPoll: number;
  peerPollsPerSecond: number;
  peerErrors: number;
}

/**
 * Debian's prometheus-snmp-exporter asked for the same objects of the same agents, by HTTP scrapes at `pollsPerSecond`. Its
 * own CPU time counts, not that of the asking. @throws Error when it cannot be had
 */
export async function measurePeer(
  ports: readonly number[],
  objects: readonly PolledObject[],
  pollsPerSecond: number,
  seconds: number,
): Promise<PeerMeasured> {
  install();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'heron-bench-peer-'));
  const file = path.join(folder, 'snmp.yml');
  await writeFile(file, JSON.stringify(configuration(objects)));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const options = [`--config.file=${file}`, `--web.listen-address=${address}`, '--log.level=error'];
  const peer = spawn(program, options, { stdio: ['ignore', 'ignore', 'inherit'] });
  const http = new Agent({ connections: 64 });
  try {
    await answers(`http://${address}/`, http);
    const scrape = async (target: number): Promise<boolean> => {
      const url = `http://${address}/snmp?module=bench&target=127.0.0.1:${target}`;
      const { statusCode, body } = await request(url, { dispatcher: http });
      const text = await body.text();
      return statusCode === 200 && objects.every(({ name }) => text.includes(name));
    };
    await scrapeAt(pollsPerSecond, warmUpMs, ports, scrape);
    const before = cpuMicros(peer);
    const beforeMs = performance.now();
    const { done, failed } = await scrapeAt(pollsPerSecond, seconds * 1000, ports, scrape);
    const elapsedMs = performance.now() - beforeMs;
    return {
      peerCpuMicrosPerPoll: (cpuMicros(peer) - before) / done,
      peerPollsPerSecond: done / (elapsedMs / 1000),
      peerErrors: failed,
    };
  } finally {
    await http.close();
    const ended = once(peer, 'exit');
    peer.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

/** Scrapes one edge after another at a steady rate, without waiting for answers, for `durationMs`. */
async function scrapeAt(
  perSecond: number,
  durationMs: number,
  ports: readonly number[],
  scrape: (port: number) => Promise<boolean>,
): Promise<{ done: number; failed: number }> {
  const startedMs = performance.now();
  const all: Promise<boolean>[] = [];
  for (;;) {
    const elapsedMs = performance.now() - startedMs;
    if (elapsedMs >= durationMs) break;
    while (all.length < (elapsedMs / 1000) * perSecond) {
      all.push(scrape(ports[all.length % ports.length] ?? 0).catch(() => false));
    }
    await wait(2);
  }
  const results = await Promise.all(all);
  return { done: results.length, failed: results.filter((well) => !well).length };
}

function install(): void {
  if (existsSync(program)) return;
  if (process.getuid?.() !== 0) throw new Error(`Install it first: apt-get install ${packageName}`);
  const options = ['install', '-y', '--no-install-recommends', packageName];
  execFileSync('apt-get', options, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** A module of the same objects; JSON is YAML. */
function configuration(objects: readonly PolledObject[]): object {
  return {
    bench: {
      version: 3,
      retries: 2,
      timeout: '2s',
      auth: {
        username: user,
        security_level: 'authPriv',
        password: demoPasswords.HERON_DEMO_AUTH,
        auth_protocol: 'SHA',
        priv_protocol: 'AES',
        priv_password: demoPasswords.HERON_DEMO_PRIV,
      },
      get: objects.map(({ base, instance }) => `${base}.${instance}`),
      metrics: [...new Map(objects.map((object) => [object.base, object])).values()].map(
        ({ base, instance, name, type }) => ({
          name,
          oid: base,
          type,
          help: name,
          indexes: instance === '0' ? [] : [{ labelname: 'index', type: 'gauge' }],
        }),
      ),
    },
  };
}

function cpuMicros(peer: ChildProcess): number {
  // The name in parentheses may hold anything; what follows it is fixed: state is field 3, utime 14, stime 15.
  const fields = readFileSync(`/proc/${peer.pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * microsPerTick;
}

async function answers(url: string, http: Agent): Promise<void> {
  for (const untilMs = performance.now() + startMs; ;) {
    try {
      await (await request(url, { dispatcher: http })).body.dump();
      return;
    } catch (error) {
      if (performance.now() > untilMs) throw error;
      await wait(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
