import path from 'node:path';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { fingerprintOf } from '../db/chain/signed-text';
import type { HistorySigner, SignerOrWhyNot } from '../db/chain/signer';
import { runFileTask } from '../db/client/run-file-task';
import type { ExtractReport } from '../db/extract/make-extract';
import { HistoryError } from '../db/model/history-error';
import { verdictWords } from '../domain/proof/verdict-words';
import { systemClock } from '../monitor/base/clock';
import { keyFileSigner } from '../monitor/proof/key-file';
import { signIncidentFile } from '../monitor/proof/sign-incident-file';
import { historyToUse } from './common/app-history';
import { exitCode, readArguments, UsageError } from './common/command-line';
import { fileProcesses } from './common/file-processes';
import { scopeOf } from './common/named-clusters';
import { utcTime } from './common/utc-time';
import { heronVersion } from './common/version';
import { print, printError } from './common/print';

const usage = `heron extract --out FILE.heron: makes an incident file from a history, with its proof, also while Heron records it.

  --out FILE       the incident file; written under a temporary name first
  --db FILE        the history (default: the app's own on this machine)
  --from TIME      beginning of the range, UTC: 2026-11-22T14:00 (default: of the history)
  --to TIME        end of the range, UTC (default: of the history)
  --cluster NAME   only this cluster or standalone edge; may be repeated
  --redact         pseudonyms for names and addresses; the file can then not be compared with the history
  --signing-key FILE   the key that signs the file (default: FILE.signing-key next to the history, where heron watch keeps it)
  --force          replace an existing file

Any Heron opens it read-only: heron audit open FILE, or drag it onto the window.
`;

const name = z.string().min(1, 'needs a value');
const schema = z
  .object({
    help: z.boolean().default(false),
    out: name.optional(),
    db: name.optional(),
    from: name.optional(),
    to: name.optional(),
    cluster: z.array(name).default([]),
    redact: z.boolean().default(false),
    'signing-key': name.optional(),
    force: z.boolean().default(false),
    positionals: z.array(z.string()).max(0, 'Everything for heron extract is an option: --out FILE'),
  })
  .refine((given) => given.help || given.out !== undefined, {
    path: ['out'],
    message: 'FILE is missing: where to write the incident file',
  });

/** `heron extract`. Resolves to the exit code: 0, or 1 when no file was made. @throws UsageError */
export async function runExtract(args: string[]): Promise<number> {
  const given = readArguments(
    args,
    {
      help: { type: 'boolean', short: 'h' },
      out: { type: 'string' },
      db: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      cluster: { type: 'string', multiple: true },
      redact: { type: 'boolean' },
      'signing-key': { type: 'string' },
      force: { type: 'boolean' },
    },
    schema,
  );
  if (given.help) {
    print(usage);
    return exitCode.done;
  }
  const file = historyToUse(given.db);
  const out = path.resolve(given.out ?? '');
  const from = given.from === undefined ? null : utcTime('from', given.from);
  const to = given.to === undefined ? null : utcTime('to', given.to);
  if (existsSync(out) && !given.force)
    throw new UsageError(`--out ${out} exists. Choose another name, or use --force.`);
  try {
    const scope = await scopeOf(file, fileProcesses, { from, to, clusters: given.cluster });
    const report = await runFileTask(fileProcesses, {
      task: 'extract',
      file,
      out,
      force: given.force,
      ...scope,
      redact: given.redact,
      nowMs: Math.round(systemClock.nowMs()),
      version: heronVersion(),
    }).result;
    const by = await signCut(report, file, { keyFile: given['signing-key'], redacted: given.redact });
    print(
      `${report.file}: ${(report.sizeBytes / 1e6).toFixed(2)} MB, ${report.clusters} clusters, ${report.edges} edges, ${report.events} events, ${iso(scope.range.fromMs)} to ${iso(scope.range.toMs)}. Fingerprint ${report.fingerprint}. ${by}\n`,
    );
    return exitCode.done;
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    printError(`heron extract: ${fault.message}\n`);
    return exitCode.problem;
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Signs the file with the history's key, where this user has it. Resolves to a sentence about that. @throws UsageError */
async function signCut(
  made: ExtractReport,
  history: string,
  { keyFile: named, redacted }: { keyFile: string | undefined; redacted: boolean },
): Promise<string> {
  const keyFile = path.resolve(named ?? `${history}.signing-key`);
  if (named === undefined && !existsSync(keyFile))
    return `Not signed: there is no ${keyFile}. Its readers cannot tell whether rows were left out; --signing-key FILE signs it.`;
  if (!existsSync(keyFile)) throw new UsageError(`--signing-key ${keyFile}: there is no such file.`);
  const by = keyFileSigner(keyFile);
  const checked = by.signer === null ? by : await ifSound(history, by, redacted);
  return (await signIncidentFile(made, checked, fileProcesses)).signedWords;
}

/**
 * The signer, unless the history has a record that is not as it was written: the key would vouch for it. A redacted part cannot be compared
 * with its history later, so it is signed only when the history is verified.
 */
async function ifSound(
  history: string,
  by: SignerOrWhyNot & { signer: HistorySigner },
  redacted: boolean,
): Promise<SignerOrWhyNot> {
  const trusted = [fingerprintOf(by.signer.publicKey)];
  const task = { task: 'verify' as const, file: history, key: null, trusted, anchor: null };
  const { verdict } = await runFileTask(fileProcesses, task).result;
  if (verdict.word !== 'not-verified') return by;
  if (!redacted && verdict.why !== 'bad-record') return by;
  const { head, sentence } = verdictWords(verdict);
  return {
    signer: null,
    words: redacted
      ? `the history is not verified (${head}), and a redacted part cannot be compared with it later.`
      : `the history is not verified. ${sentence}`,
  };
}
