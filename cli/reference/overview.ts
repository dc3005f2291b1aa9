import type { CommandTable } from '../common/command-table';

const leastGap = 3;
const own = [
  ['help', 'print this text'],
  ['--version', 'print the version'],
] as const;

/** Each way to write a command, with what it does. */
export function overviewLines(commands: CommandTable): [synopsis: string, summary: string][] {
  const lines = [...Object.values(commands).flatMap(({ lines: one }) => one), ...own];
  return lines.map(([synopsis, summary]) => [`heron ${synopsis}`, summary]);
}

/** What `heron help` prints. */
export function overview(commands: CommandTable): string {
  const lines = overviewLines(commands);
  const width = Math.max(...lines.map(([synopsis]) => synopsis.length)) + leastGap;
  const table = lines.map(([synopsis, summary]) => `  ${synopsis.padEnd(width)}${summary}`).join('\n');
  return `heron: monitors Virtual Service Edge clusters without a window.

${table}

heron COMMAND --help describes one command. HERON_LOG=error|warn|info|debug sets how much is logged to standard error.
`;
}
