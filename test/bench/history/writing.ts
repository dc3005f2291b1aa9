import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { History } from '../../../db/client/history';
import type { Sample } from '../../../db/model/history-batch';
import { openHistory } from '../../../db/open-history';
import { DemoSamples } from '../../fixtures/history/demo-samples';
import { percentile } from './percentile';

export interface WritingFigures {
  /** Samples committed a second, those of finished hours being sealed meanwhile. */
  writeRowsPerSecond: number;
  /** From handing a small batch over to its commit, while hours are sealed. Milliseconds. */
  writerStallP99Ms: number;
  writerStallMaxMs: number;
  /** Samples sealed during both. */
  sealedSamples: number;
}

interface Options {
  /** A file that does not exist yet; it is removed afterwards. */
  file: string;
  workersUrl: URL;
  /** How long each of the two parts takes. */
  seconds: number;
}

const readers = 4;
/** Each reader asks again so long after its last answer: as somebody does who drags the time. */
const readEveryMs = 50;
const clusters = 100;
const intervalMs = 5_000;
const hourMs = 3_600_000;
/** Batches handed over before the first of them is committed: enough that the writer never waits. */
const aheadBatches = 4;
const stallBatchEveryMs = 20;

/**
 * How fast a history is written, and how long a small commit waits, while four readers query and finished hours are sealed.
 * The samples are the demo fleet's. Time is simulated: it passes as fast as samples can be written, so sealing is always under
 * way, far more often than in any real fleet.
 */
export async function benchWriting({ file, workersUrl, seconds }: Options): Promise<WritingFigures> {
  const startMs = Date.UTC(2026, 10, 2);
  const fleet = new DemoSamples({ seed: 1, clusters, startMs, intervalMs });
  const rounds = new Rounds(fleet, startMs);
  const clock = { nowMs: startMs };
  const history = await openHistory({
    file,
    workersUrl,
    readers,
    nowMs: () => clock.nowMs,
  });
  try {
    await history.write({ spans: [], events: [], samples: rounds.next(clock) });
    const reading = readWhile(history, fleet.edgeIds, clock);
    const writeRowsPerSecond = await flood(history, rounds, clock, seconds);
    // More than an hour of samples waits to be sealed now: the worst time for a commit to come.
    clock.nowMs += hourMs;
    const stalls = await trickle(history, rounds, clock, seconds);
    await reading.stop();
    return {
      writeRowsPerSecond: Math.round(writeRowsPerSecond),
      writerStallP99Ms: percentile(stalls, 0.99),
      writerStallMaxMs: percentile(stalls, 1),
      sealedSamples: sealedSamples(file),
    };
  } finally {
    await history.close();
    for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(`${file}${suffix}`, { force: true });
  }
}

/** The fleet's rounds one after the other, made once and used again with other times: making them is not what is measured. */
class Rounds {
  private readonly made: Sample[][];
  private count = 0;

  constructor(
    fleet: DemoSamples,
    private readonly startMs: number,
  ) {
    this.made = Array.from({ length: 60 }, (_, round) => fleet.round(startMs + round * intervalMs));
  }

  /** The next round of samples; the clock goes on with it. */
  next(clock: { nowMs: number }): Sample[] {
    const round = this.made[this.count % this.made.length] ?? [];
    const laterMs = Math.floor(this.count / this.made.length) * this.made.length * intervalMs;
    this.count += 1;
    clock.nowMs = Math.max(clock.nowMs, this.startMs + this.count * intervalMs);
    return laterMs === 0 ? round : round.map((sample) => ({ ...sample, atMs: sample.atMs + laterMs }));
  }
}

async function flood(
  history: History,
  rounds: Rounds,
  clock: { nowMs: number },
  seconds: number,
): Promise<number> {
  const startMs = performance.now();
  let rows = 0;
  let ahead: Promise<unknown>[] = [];
  while (performance.now() - startMs < seconds * 1000) {
    const samples = rounds.next(clock);
    rows += samples.length;
    ahead.push(history.write({ spans: [], events: [], samples }));
    if (ahead.length >= aheadBatches) {
      await ahead[0];
      ahead = ahead.slice(1);
    }
  }
  await history.flush();
  return (rows * 1000) / (performance.now() - startMs);
}

async function trickle(
  history: History,
  rounds: Rounds,
  clock: { nowMs: number },
  seconds: number,
): Promise<number[]> {
  const waits: number[] = [];
  const startMs = performance.now();
  while (performance.now() - startMs < seconds * 1000) {
    const samples = rounds.next(clock).slice(0, 16);
    const handedOverMs = performance.now();
    await history.write({ spans: [], events: [], samples });
    waits.push(performance.now() - handedOverMs);
    await pause(stallBatchEveryMs);
  }
  return waits;
}

/** Four readers that ask for series and states until stopped. A question that fails fails the benchmark. */
function readWhile(history: History, edgeIds: string[], clock: { nowMs: number }): { stop(): Promise<void> } {
  let stopped = false;
  const one = async (reader: number): Promise<void> => {
    for (let turn = reader; !stopped; turn += readers) {
      const first = (turn * 16) % Math.max(1, edgeIds.length - 16);
      const ids = edgeIds.slice(first, first + 16);
      const range = { fromMs: clock.nowMs - hourMs, toMs: clock.nowMs };
      await history.series({ edgeIds: ids, metric: 'proxyOutBitsPerSecond', ...range, points: 600 });
      await history.spans({ subjectIds: ids, ...range });
      await pause(readEveryMs);
    }
  };
  const all = Promise.all(Array.from({ length: readers }, (_, reader) => one(reader)));
  return {
    async stop() {
      stopped = true;
      await all;
    },
  };
}

function sealedSamples(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return Number(db.prepare('SELECT coalesce(sum(samples), 0) FROM chunks').pluck().get());
  } finally {
    db.close();
  }
}
