import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { configurationFindings } from '../../domain/inventory/configuration-findings';
import type { Inventory } from '../../domain/inventory/inventory';
import { Pseudonyms } from '../../domain/redaction/pseudonyms';
import { redact } from '../log/redact';
import { readSmallFile } from '../base/read-small-file';
import { printable } from '../base/printable';
import { appLogFile } from '../log/log';
import { olderLogs } from '../log/older-logs';
import { concealEnvironment } from './conceal-environment';
import { lastLines } from './last-lines';
import type { LiveCounters } from './live-counters';
import type { RecordedFacts } from './recorded-facts';

const mostLogLines = 200;
const mostFindings = 50;

/** Of the app's preferences, what may matter to a support case. */
const settingsSchema = z.object({
  theme: z.string().max(20).nullable().catch(null),
  trapPort: z.number().nullable().catch(null),
});

export interface BundleSources {
  environment: NodeJS.ProcessEnv;
  /** The app's data folder. */
  folder: string;
  /** Of this Heron. */
  version: string;
  recorded: RecordedFacts;
  /** Null: this is not the process that monitors. */
  live: LiveCounters | null;
  /** From a file; null: the one in the history. */
  inventory: Inventory | null;
  /** One line for each problem of the inventory file. */
  problems: readonly string[];
  nowMs: number;
}

/** What a support case needs. docs/support.md describes each field. */
export interface SupportBundle {
  type: 'support';
  version: 1;
  redacted: boolean;
  time: string;
  versions: { heron: string; node: string; electron: string | null; lastRun: string | null };
  platform: Record<string, string | number | null>;
  /** Their names; redacted: how many. */
  variables: string[] | number;
  settings: object | null;
  live: LiveCounters | null;
  history: Omit<RecordedFacts, 'events' | 'inventory'>;
  inventoryProblems: string[];
  inventory: unknown;
  configuration: string[];
  findings: unknown[];
  log: string[];
}

/**
 * What a support case needs: no password, no community, no value of an environment variable. `isRedacted`: with pseudonyms for
 * all names and addresses, and without the words of the log that may be one.
 */
export async function supportBundle(sources: BundleSources, isRedacted: boolean): Promise<SupportBundle> {
  const { environment, folder, recorded, problems, nowMs } = sources;
  const inventory = sources.inventory ?? recorded.inventory;
  const names = isRedacted ? namesIn(recorded, inventory) : null;
  const conceal = concealEnvironment(
    environment,
    new Set([...variablesOf(sources.inventory), ...variablesOf(recorded.inventory)]),
  );
  // Concealed first: other rules might leave a part of a password that has several words.
  const text = (words: string): string => names?.text(conceal(words)) ?? words;
  const variables = Object.keys(environment).filter((name) => name.startsWith('HERON_'));
  const { events, inventory: _stored, file, ...history } = recorded;
  const findings = events.filter(({ type }) => type === 'finding').slice(0, mostFindings);
  const log = appLogFile(folder);
  const lines = await lastLines([log, ...olderLogs(log)], mostLogLines);
  return {
    ...{ type: 'support', version: 1, redacted: isRedacted, time: new Date(nowMs).toISOString() },
    versions: {
      ...{ heron: sources.version, node: process.versions.node },
      electron: process.versions['electron'] ?? null,
      lastRun: history.runs.at(-1)?.version ?? null,
    },
    platform: platformFacts(isRedacted),
    ...conceal({
      variables: names ? variables.length : variables,
      settings: settingsIn(folder),
      live: sources.live && liveWith(sources.live, text),
      history: { file: names ? null : file, ...history, problem: history.problem && text(history.problem) },
      inventoryProblems: problems.map((line) => text(line)),
      inventory: inventory && (names ? names.inventory(inventory) : withoutQueries(inventory)),
      configuration: inventory ? findingsOf(inventory).map(text) : [],
      findings: findings.map((event) => names?.event(conceal(event), new Map()) ?? event),
      log: lines.map((line) => text(String(redact(conceal(line))))),
    }),
  };
}

/** The bundle as the text that is shown and saved. What an agent sent cannot hide or reorder a part of it. */
export function supportText(bundle: SupportBundle): string {
  return printable(`${JSON.stringify(bundle, null, 2)}\n`);
}

function platformFacts(isRedacted: boolean): SupportBundle['platform'] {
  return {
    system: process.platform,
    release: isRedacted ? (/^[\d.]+/.exec(os.release())?.[0] ?? null) : os.release(),
    architecture: process.arch,
    ...{ processors: os.availableParallelism(), memoryBytes: os.totalmem() },
    // A time zone tells where the computer is.
    timeZone: isRedacted ? null : Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The counters with the sentences that may name something given to `text`. */
function liveWith(live: LiveCounters, text: (words: string) => string): LiveCounters {
  const { polling, queue, traps } = live;
  return {
    ...live,
    polling: polling && { ...polling, words: text(polling.words) },
    queue: queue && { ...queue, words: text(queue.words) },
    traps: {
      ...traps,
      words: text(traps.words),
      refusals: traps.refusals.map(({ words, count }) => ({ words: text(words), count })),
    },
  };
}

function namesIn({ inventory, events }: RecordedFacts, given: Inventory | null): Pseudonyms {
  const names = new Pseudonyms([given, inventory].filter((one) => one !== null));
  for (const event of events) names.learnFrom(event);
  return names;
}

function findingsOf(inventory: Inventory): string[] {
  return configurationFindings(inventory).map(({ reason }) => `${reason.fact} ${reason.detail}`);
}

function settingsIn(folder: string): object | null {
  try {
    const content = readSmallFile(path.join(folder, 'preferences.json'));
    return content === null ? null : settingsSchema.parse(JSON.parse(content));
  } catch {
    return { problem: 'preferences.json cannot be read.' };
  }
}

/** The environment variables that hold passwords of an inventory. */
function variablesOf(inventory: Inventory | null): Set<string> {
  const names = (inventory?.credentials ?? []).flatMap((one) =>
    one.version === '2c' ? [one.communityEnv] : [one.auth?.passwordEnv, one.priv?.passwordEnv],
  );
  return new Set(names.filter((name) => name !== undefined));
}

/** The query of a page's address may be a secret. */
function withoutQueries(inventory: Inventory): unknown {
  const cut = (key: string, value: unknown): unknown =>
    typeof value === 'string' && (key === 'url' || key === 'path') ? value.replace(/[?#].*$/s, '') : value;
  return JSON.parse(JSON.stringify(inventory, cut));
}
