import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runHeron } from './run-heron';

const turns = 3;

/** The monthly availability of every cluster and edge over the year, by the command: the median of three runs. */
export async function measureReport(
  file: string,
  heron: URL,
  folder: string,
): Promise<{ monthlyReportMs: number; monthlyReportRows: number }> {
  const out = path.join(folder, 'monthly.csv');
  const args = [
    'audit',
    'query',
    file,
    'availability',
    '--monthly',
    '--target',
    '99.9',
    '--zone',
    'Europe/Berlin',
  ];
  const times: number[] = [];
  let rows = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const { ms } = await runHeron(heron, [...args, '--format', 'csv', '--out', out]);
    times.push(ms);
    rows = readFileSync(out, 'utf8').trimEnd().split('\n').length - 1;
    rmSync(out);
  }
  return { monthlyReportMs: Math.round(times.sort((a, b) => a - b)[1] ?? 0), monthlyReportRows: rows };
}
