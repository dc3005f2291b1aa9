import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { codeKey, writingCode } from '../history/code-key';
import { dayMs, hourMs } from '../history/fleet';
import { writeSealedSamples, writeStates } from '../history/made-history';
import { chartEdges, clusterCount, edgesPerCluster, uiInventory } from './fleet';

const folder = path.join(tmpdir(), 'heron-bench-ui');
const statesMs = 365 * dayMs;
/** So many days of samples of 4,016 edges every 10 s, with the year's states and events, are 10 GB. */
const sampleDays = 20;
const leastBytes = 10e9;
/** Edges whose samples are made; every other edge has the sealed rows of one of these. */
const ownEdges = 16;
const copies = (clusterCount * edgesPerCluster + chartEdges) / ownEdges - 1;

export interface LargeHistory {
  /** A folder for --user-data, with the history in it. */
  userData: string;
  file: string;
  /** Everything in it ends here: UTC milliseconds, a whole hour. */
  untilMs: number;
}

/**
 * A history of 10 GB of 1,001 clusters: a year of states and events by the app's own writer, and 20 days of samples. Those of
 * 16 edges are sealed by the app's own code, and their sealed rows are then written for all other edges too. Kept in
 * the temporary folder and used again where the same code would make it; what other code made is removed. The runs of the bench
 * write on in it, as the app does.
 */
export async function largeHistory(entry: URL, say: (words: string) => void): Promise<LargeHistory> {
  const userData = path.join(folder, codeKey(new URL('../../', entry), madeBy));
  const file = path.join(userData, 'history.sqlite');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
    const draftFolder = path.join(folder, 'draft');
    mkdirSync(draftFolder);
    const draft = path.join(draftFolder, 'history.sqlite');
    const untilMs = Math.floor(Date.now() / hourMs) * hourMs;
    say('making a year of states and events of 1,001 clusters');
    const inventory = uiInventory();
    writeStates(draft, inventory, { fromMs: untilMs - statesMs, toMs: untilMs });
    say(`making ${sampleDays} days of samples of 4,016 edges`);
    const range = { fromMs: untilMs - sampleDays * dayMs, toMs: untilMs };
    await writeSealedSamples({ file: draft, entry, range, ownEdges, copies });
    if (statSync(draft).size < leastBytes) throw new RangeError(`${draft} has not become 10 GB`);
    renameSync(draftFolder, userData);
  }
  return { userData, file, untilMs: endOf(file) };
}

const madeBy = [
  ...writingCode,
  ...['fleet', 'incidents', 'made-history', 'random', 'compact-worker', 'traffic'].map(
    (name) => `test/bench/history/${name}.ts`,
  ),
  ...['fleet', 'large-history'].map((name) => `test/bench/ui/${name}.ts`),
];

/** The first run after the made ones may have added to it. */
function endOf(file: string): number {
  const db = new Database(file, { readonly: true });
  const hour = db
    .prepare<[], number>('SELECT max(hour) FROM chunks WHERE edge = 1 AND samples = 360')
    .pluck();
  const last = hour.get() ?? Number.NaN;
  db.close();
  return (last + 1) * hourMs;
}
