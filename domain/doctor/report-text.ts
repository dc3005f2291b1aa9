import type { DoctorReport, DoctorStep, Finding } from './report';

const marks: Readonly<Record<DoctorStep['status'], string>> = {
  ok: 'ok        ',
  warning: 'WARNING   ',
  failed: 'FAILED    ',
  'not-asked': 'skipped   ',
};
const indent = ' '.repeat(marks.ok.length + 2);

/** A report as text for a terminal, one finding a line. */
export function reportText(report: DoctorReport): string {
  const lines = [`${line(report.edge)}: ${conclusion(report)}`];
  for (const one of report.steps) {
    const [first, ...rest] = one.findings;
    lines.push(`  ${marks[one.status]}${one.title}: ${first ? findingText(first) : ''}`);
    if (first) lines.push(...todoLines(first));
    for (const finding of rest) lines.push(`${indent}${findingText(finding)}`, ...todoLines(finding));
  }
  if (report.missing.length > 0) {
    lines.push('', '  Missing:');
    for (const words of report.missing) lines.push(`    ${line(words)}`);
  }
  for (const { file, why, lines: fix } of report.remedies) {
    lines.push('', `  ${file}, ${why}:`);
    for (const text of fix) lines.push(`    ${line(text)}`);
  }
  return `${lines.join('\n')}\n`;
}

function conclusion({ status, steps, tookMs }: DoctorReport): string {
  const seconds = `${(tookMs / 1000).toFixed(1)} s`;
  if (status === 'ok') return `all is well (${seconds})`;
  const titles = (wanted: string) => steps.filter((one) => one.status === wanted).map(({ title }) => title);
  const failures = titles('failed');
  const parts = [
    ...(failures.length > 0 ? [`failed: ${failures.join(', ')}`] : []),
    ...(titles('warning').length > 0 ? [`warnings: ${titles('warning').join(', ')}`] : []),
  ];
  return `${parts.join('; ')} (${seconds})`;
}

function findingText({ words }: Finding): string {
  return line(words);
}

function todoLines({ todo }: Finding): string[] {
  return todo === null ? [] : [`${indent}-> ${line(todo)}`];
}

/** Text of an agent or a file cannot add lines of its own. */
function line(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');
}
