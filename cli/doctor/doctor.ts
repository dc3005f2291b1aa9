import { diagnose } from '../../domain/doctor/diagnose';
import { redactFacts } from '../../domain/doctor/redact-facts';
import type { DoctorReport } from '../../domain/doctor/report';
import { reportText } from '../../domain/doctor/report-text';
import { Pseudonyms } from '../../domain/redaction/pseudonyms';
import { exitCode } from '../common/command-line';
import { print, printError } from '../common/print';
import { printableLine } from '../../monitor/base/printable';
import { heronVersion } from '../common/version';
import { doctorUsage, readDoctorOptions } from './doctor-options';
import { toExamine, UnreadableFile } from './examined-edges';

/** `heron doctor`. Resolves to 0 when all is well, otherwise to 1. @throws UsageError */
export async function runDoctor(args: string[]): Promise<number> {
  const options = readDoctorOptions(args);
  if (options.help) {
    print(doctorUsage);
    return exitCode.done;
  }
  try {
    const { inventory, examinations } = await toExamine(options);
    const names = options.redact ? new Pseudonyms([inventory]) : null;
    const reports: DoctorReport[] = [];
    for (const { name, examine } of examinations) {
      if (process.stderr.isTTY) printError(`heron doctor: examining ${printableLine(name)} …\n`);
      const facts = await examine();
      const report = diagnose(names ? redactFacts(facts, names) : facts);
      reports.push(report);
      if (!options.json) print(`${reports.length > 1 ? '\n' : ''}${reportText(report)}`);
    }
    if (options.json) print(`${JSON.stringify(documentOf(reports, options.redact), null, 2)}\n`);
    return reports.every(({ status }) => status === 'ok') ? exitCode.done : exitCode.problem;
  } catch (fault) {
    if (!(fault instanceof UnreadableFile)) throw fault;
    for (const line of fault.message.split('\n')) printError(`heron doctor: ${printableLine(line)}\n`);
    return exitCode.problem;
  }
}

/** The JSON document: its version, and the report of each edge. */
function documentOf(reports: readonly DoctorReport[], isRedacted: boolean): object {
  return {
    ...{ type: 'doctor', version: 1, heron: heronVersion(), redacted: isRedacted },
    status: reports.some(({ status }) => status === 'failed')
      ? 'failed'
      : reports.some(({ status }) => status === 'warning')
        ? 'warning'
        : 'ok',
    edges: reports.map(({ atMs, tookMs, ...report }) => ({
      ...{ time: new Date(atMs).toISOString(), tookMs: Math.round(tookMs) },
      ...report,
    })),
  };
}
