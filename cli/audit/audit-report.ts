import path from 'node:path';
import { z } from 'zod';
import { availabilityText } from '../../domain/report/availability-export';
import { coverageWords } from '../../domain/report/coverage-words';
import { reportHtml } from '../../domain/report/report-html';
import { outputTarget } from '../../db/file/output-target';
import { whileUnchanged } from '../../db/file/while-unchanged';
import { HistoryError } from '../../db/model/history-error';
import { systemClock } from '../../monitor/base/clock';
import { FileExistsError, writeFileDurably } from '../../monitor/base/write-file';
import { reportProof } from '../../monitor/usecases/report-proof';
import { reportOf } from '../../monitor/usecases/write-report';
import { exitCode, readArguments } from '../common/command-line';
import { fileProcesses } from '../common/file-processes';
import { scopeOf } from '../common/named-clusters';
import { utcTime } from '../common/utc-time';
import { heronVersion } from '../common/version';
import { print, printError } from '../common/print';
import { verified } from './proof-line';
import { logoOf } from './report-logo-file';

const name = z.string().min(1, 'needs a value');
const schema = z.object({
  from: name.optional(),
  to: name.optional(),
  cluster: z.array(name).default([]),
  format: z.enum(['csv', 'json', 'html'], 'must be csv, json or html').default('csv'),
  redact: z.boolean().default(false),
  title: z.string().trim().min(1, 'needs a value').max(120, 'is longer than 120 characters').optional(),
  logo: name.optional(),
  out: name.optional(),
  force: z.boolean().default(false),
  positionals: z.array(z.string()).length(1, 'heron audit report FILE: name one history or incident file'),
});

/** `heron audit report`: to standard output, or to a file. Resolves to the exit code. @throws UsageError */
export async function runReport(args: string[]): Promise<number> {
  const given = readArguments(
    args,
    {
      from: { type: 'string' },
      to: { type: 'string' },
      cluster: { type: 'string', multiple: true },
      format: { type: 'string' },
      redact: { type: 'boolean' },
      title: { type: 'string' },
      logo: { type: 'string' },
      out: { type: 'string' },
      force: { type: 'boolean' },
    },
    schema,
  );
  const file = path.resolve(given.positionals[0] ?? '');
  const from = given.from === undefined ? null : utcTime('from', given.from);
  const to = given.to === undefined ? null : utcTime('to', given.to);
  const look = { title: given.title ?? null, logo: given.logo === undefined ? null : logoOf(given.logo) };
  try {
    const out = given.out === undefined ? null : path.resolve(given.out);
    const options = { replace: given.force, inUse: [file] };
    const target = out === null ? null : outputTarget(out, options);
    const { result: facts, recorded } = await whileUnchanged(file, async () => {
      const scope = await scopeOf(file, fileProcesses, { from, to, clusters: given.cluster });
      const nowMs = Math.round(systemClock.nowMs());
      const proof = reportProof(await verified(file), given.redact);
      const version = heronVersion();
      const asked = { file, ...scope, redact: given.redact, nowMs, version, workers: fileProcesses, proof };
      return reportOf(asked, null);
    });
    if (recorded) facts.proof.sentence += ' The file was being recorded meanwhile.';
    const { proof } = facts;
    const text = given.format === 'html' ? reportHtml(facts, look) : availabilityText(given.format, facts);
    const covered = coverageWords(facts);
    if (given.format !== 'html') {
      printError(`heron audit: ${proof.head}. ${proof.sentence}\n`);
      if (covered !== null) printError(`heron audit: ${covered}\n`);
    }
    if (target === null) print(text);
    else await writeFileDurably(target, text, options);
    return exitCode.done;
  } catch (fault) {
    const ours = fault instanceof HistoryError || fault instanceof FileExistsError;
    if (!ours && !(fault instanceof Error && 'syscall' in fault)) throw fault;
    printError(`heron audit: ${fault.message}\n`);
    return exitCode.problem;
  }
}
