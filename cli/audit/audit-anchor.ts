import path from 'node:path';
import { z } from 'zod';
import { HistoryError } from '../../db/model/history-error';
import { anchorText, parseAnchor, type Anchor } from '../../db/chain/anchor';
import { outputTarget } from '../../db/file/output-target';
import { runFileTask } from '../../db/client/run-file-task';
import { fingerprintOf } from '../../db/chain/signed-text';
import { systemClock } from '../../monitor/base/clock';
import { readSmallFile } from '../../monitor/base/read-small-file';
import { writeFileDurably } from '../../monitor/base/write-file';
import { exitCode, readArguments, UsageError } from '../common/command-line';
import { fileProcesses } from '../common/file-processes';
import { print, printError } from '../common/print';

const schema = z.object({
  out: z.string('FILE is missing: where to write the anchor').min(1, 'needs the name of a file'),
  force: z.boolean().default(false),
  positionals: z.array(z.string()).length(1, 'heron audit anchor FILE --out FILE: name one history'),
});

/** `heron audit anchor`. Resolves to the exit code. @throws UsageError */
export async function runAnchor(args: string[]): Promise<number> {
  const options = { out: { type: 'string' }, force: { type: 'boolean' } } as const;
  const { out, force, positionals } = readArguments(args, options, schema);
  const file = path.resolve(positionals[0] ?? '');
  try {
    const target = outputTarget(path.resolve(out), { replace: force, inUse: [file] });
    const nowMs = systemClock.nowMs();
    const anchor = await runFileTask(fileProcesses, { task: 'anchor', file, nowMs }).result;
    await writeFileDurably(target, anchorText(anchor), { replace: force }).catch((fault: unknown) => {
      throw new UsageError(`${target} cannot be written: ${String(fault)}.`);
    });
    const by = anchor.publicKey === null ? 'not signed' : `signed by ${fingerprintOf(anchor.publicKey)}`;
    print(`${target}: ledger row ${anchor.ledger.id}, event ${anchor.events.id}, ${by}.\n`);
    return exitCode.done;
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    printError(`heron audit: ${fault.message}\n`);
    return exitCode.wrongUse;
  }
}

/** Reads an anchor from a file. @throws UsageError */
export function readAnchor(file: string): Anchor {
  try {
    const text = readSmallFile(file);
    if (text === null) throw new Error('there is no such file');
    return parseAnchor(text);
  } catch (fault) {
    const words = fault instanceof Error ? fault.message.replace(/\.$/, '') : String(fault);
    throw new UsageError(`The anchor ${file} cannot be used: ${words}.`);
  }
}
