import { z } from 'zod';
import { exitCode, readArguments } from '../common/command-line';
import type { CommandTable } from '../common/command-table';
import { print } from '../common/print';
import { heronVersion } from '../common/version';
import { completionScript, shells } from './completion';
import { manPage } from './man-page';

export const completionUsage = `heron completion SHELL: prints the completion of Heron's commands. SHELL: ${shells.join(', ')}.

  bash   heron completion bash > ~/.local/share/bash-completion/completions/heron
  zsh    heron completion zsh > a folder of $fpath, as the file _heron
  fish   heron completion fish > ~/.config/fish/completions/heron.fish

The deb and rpm packages install all three.
`;

export const manualUsage = `heron manual: prints the manual page heron(1), in the format of man.

  heron manual | man -l -
`;

const help = { help: { type: 'boolean', short: 'h' } } as const;
const completionSchema = z
  .object({ help: z.boolean().default(false), positionals: z.array(z.string()) })
  .refine((given) => given.help || given.positionals.length === 1, {
    path: ['positionals'],
    message: `Name one shell: ${shells.join(', ')}`,
  })
  .refine((given) => given.help || shells.some((shell) => shell === given.positionals[0]), {
    path: ['positionals'],
    message: `There is completion for ${shells.join(', ')} only`,
  });
const manualSchema = z.object({
  help: z.boolean().default(false),
  positionals: z.array(z.string()).max(0, 'heron manual takes no arguments'),
});

/** `heron completion SHELL`. @throws UsageError */
export async function runCompletion(args: string[], commands: CommandTable): Promise<number> {
  const given = readArguments(args, help, completionSchema);
  const shell = shells.find((one) => one === given.positionals[0]);
  if (given.help || shell === undefined) {
    print(completionUsage);
    return exitCode.done;
  }
  const usages = await usagesOf(commands);
  const summaries = [...usages].map(
    ([name, usage]) => [name, { usage, summary: summaryOf(commands, name) }] as const,
  );
  print(completionScript(shell, new Map(summaries)));
  return exitCode.done;
}

/** `heron manual`. @throws UsageError */
export async function runManual(args: string[], commands: CommandTable): Promise<number> {
  if (readArguments(args, help, manualSchema).help) print(manualUsage);
  else
    print(manPage(commands, await usagesOf(commands), heronVersion(), new Date().toISOString().slice(0, 10)));
  return exitCode.done;
}

async function usagesOf(commands: CommandTable): Promise<Map<string, string>> {
  const read = Object.entries(commands).map(async ([name, { usage }]) => [name, await usage()] as const);
  return new Map(await Promise.all(read));
}

/** What a command with one line does; what its own commands are of one with several. */
function summaryOf(commands: CommandTable, name: string): string {
  const lines = commands[name]?.lines ?? [];
  if (lines.length === 1) return lines[0]?.[1] ?? '';
  return lines.map(([synopsis]) => synopsis.split(' ')[1]).join(', ');
}
