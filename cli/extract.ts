import path from 'node:path';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { SignerOrWhyNot } from '../db/chain/signer';
import { runFileTask } from '../db/client/run-file-task';
import type { ExtractReport, ExtractRequest } from '../db/extract/make-extract';
import { fileStamp, isSameFile } from '../db/file/while-unchanged';
import { HistoryError } from '../db/model/history-error';
import { systemClock } from '../monitor/base/clock';
import { keyFileSigner } from '../monitor/proof/key-file';
import { partSigner } from '../monitor/proof/part-signer';
import { signIncidentFile } from '../monitor/proof/sign-incident-file';
import { historyToUse } from './common/app-history';
import { exitCode, readArguments, UsageError } from './common/command-line';
import { fileProcesses } from './common/file-processes';
import { scopeOf } from './common/named-clusters';
import { utcTime } from './common/utc-time';
import { heronVersion } from './common/version';
import { print, printError } from './common/print';

export const extractUsage = `heron extract --out FILE.heron: makes an incident file from a history, with its proof, also while Heron records it.

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
    print(extractUsage);
    return exitCode.done;
  }
  const file = historyToUse(given.db);
  const out = path.resolve(given.out ?? '');
  const from = given.from === undefined ? null : utcTime('from', given.from);
  const to = given.to === undefined ? null : utcTime('to', given.to);
  if (existsSync(out) && !given.force)
    throw new UsageError(`--out ${out} exists. Choose another name, or use --force.`);
  try {
    const key = signerOf(file, given['signing-key']);
    const { range, clusterIds } = await scopeOf(file, fileProcesses, { from, to, clusters: given.cluster });
    const asked = { file, out, force: given.force, range, clusterIds, redact: given.redact };
    const { report, signedWords } = await cutOut(asked, key);
    print(
      `${report.file}: ${(report.sizeBytes / 1e6).toFixed(2)} MB, ${report.clusters} clusters, ${report.edges} edges, ${report.events} events, ${iso(range.fromMs)} to ${iso(range.toMs)}. Fingerprint ${report.fingerprint}. ${signedWords}\n`,
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

/** Verifies the history, cuts the part out, and signs it with what the verification allows to claim. */
async function cutOut(
  asked: Omit<ExtractRequest, 'nowMs' | 'version' | 'provenUpToMs'>,
  key: SignerOrWhyNot,
): Promise<{ report: ExtractReport; signedWords: string }> {
  const { file, redact } = asked;
  const verified = fileStamp(file);
  const { by, provenUpToMs } = await partSigner({ file, workers: fileProcesses, trusted: [] }, key, redact);
  const nowMs = Math.round(systemClock.nowMs());
  const task = { task: 'extract' as const, ...asked, nowMs, version: heronVersion(), provenUpToMs };
  const report = await runFileTask(fileProcesses, task).result;
  const signer = isSameFile(verified, fileStamp(file)) ? by : changedMeanwhile;
  return { report, signedWords: (await signIncidentFile(report, signer, fileProcesses)).signedWords };
}

const changedMeanwhile: SignerOrWhyNot = {
  signer: null,
  words:
    'the history changed after it was verified. Copy it to a folder that only you can write to, and extract from the copy.',
};

/** The signer with the history's key, or why there is none. @throws UsageError */
function signerOf(history: string, named: string | undefined): SignerOrWhyNot {
  const keyFile = path.resolve(named ?? `${history}.signing-key`);
  if (existsSync(keyFile)) return keyFileSigner(keyFile);
  if (named !== undefined) throw new UsageError(`--signing-key ${keyFile}: there is no such file.`);
  return { signer: null, words: `there is no ${keyFile}; --signing-key FILE names another.` };
}
