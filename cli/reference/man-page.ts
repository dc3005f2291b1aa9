import type { CommandTable } from '../common/command-table';
import { overviewLines } from './overview';

const files = [
  ['~/.config/Heron', 'History, settings and keys of the window. Only their owner can read them.'],
  ['/etc/heron/policy.json', 'What an administrator set for all users of this computer.'],
  ['/etc/heron/inventory.json', 'The edges that the service heron-watch monitors.'],
  ['/etc/heron/passwords', 'Environment variables of the service, one NAME=value a line.'],
  ['/var/lib/heron', 'History of the service.'],
] as const;

const sections = {
  environment:
    'HERON_LOG (error, warn, info or debug) sets how much is logged to standard error. Variables that begin with HERON_ can hold the passwords that an inventory names.',
  exit: '0: done. 1: a problem was found, or nothing was started. 2: wrong arguments. 3, of heron audit verify: verified up to a time.',
};

/**
 * The manual page heron(1), in the format of man.
 *
 * @param usages what each command's --help prints, by its name
 * @param date of the release, such as 2026-11-30
 */
export function manPage(
  commands: CommandTable,
  usages: ReadonlyMap<string, string>,
  version: string,
  date: string,
): string {
  const each = [...usages].map(([name, usage]) => `.SS heron ${escaped(name)}\n${preformatted(usage)}`);
  const listed = overviewLines(commands).map(
    ([synopsis, summary]) => `.TP\n.B ${escaped(synopsis)}\n${line(summary)}`,
  );
  return `${[
    `.TH HERON 1 "${date}" "Heron ${version}" "User Commands"`,
    '.SH NAME\nheron \\- monitor for Virtual Service Edge clusters',
    '.SH SYNOPSIS\n.B heron\n[\\-\\-inventory FILE | \\-\\-demo | FILE.heron]\n.br\n.B heron\nCOMMAND [ARGUMENTS]',
    `.SH DESCRIPTION\n${line('Without a command, heron opens its window; where there is no display, it shows the terminal wall. With a command it needs no display.')}`,
    `.SH COMMANDS\n${listed.join('\n')}`,
    `.SH USAGE\n${each.join('\n')}`,
    `.SH FILES\n${files.map(([file, words]) => `.TP\n.I ${escaped(file)}\n${line(words)}`).join('\n')}`,
    `.SH ENVIRONMENT\n${line(sections.environment)}`,
    `.SH EXIT STATUS\n${line(sections.exit)}`,
  ].join('\n')}\n`;
}

function preformatted(text: string): string {
  return `.nf\n${text.trimEnd().split('\n').map(line).join('\n')}\n.fi`;
}

/** A line of text: one that begins with a full stop or an apostrophe would be a request of roff's. */
function line(text: string): string {
  return escaped(text).replace(/^([.'])/, '\\&$1');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-');
}
