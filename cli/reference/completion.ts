import { usageParts, type UsageOption, type UsagePart } from './usage-options';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A command as completion needs it. */
interface CompletedCommand {
  name: string;
  summary: string;
  parts: UsagePart[];
}

/**
 * The completion script of a shell: commands, their own commands, options, and the values of an option where they are listed. Anything
 * else is completed with file names.
 *
 * @param usages what each command's --help prints, and its line in the overview, by its name
 */
export function completionScript(
  shell: Shell,
  usages: ReadonlyMap<string, { usage: string; summary: string }>,
): string {
  const commands = [...usages].map(([name, { usage, summary }]) => ({
    name,
    summary,
    parts: name === 'completion' ? shellParts() : usageParts(name, usage),
  }));
  if (shell === 'fish') return fishScript(commands);
  return shell === 'bash' ? bashScript(commands) : zshScript(commands);
}

/** `heron completion SHELL` has a word where others have commands. */
function shellParts(): UsagePart[] {
  return shells.map((subcommand) => ({ subcommand, options: [] }));
}

/** For `case "$command $subcommand"`: what to offer after each. */
function cases(commands: readonly CompletedCommand[]): string {
  const rows = commands.flatMap(({ name, parts }) => {
    const subcommands = parts.flatMap(({ subcommand }) => (subcommand === null ? [] : [subcommand]));
    const own = parts.map(({ subcommand, options }) => {
      const pattern = subcommand === null ? `'${name} '*` : `'${name} ${subcommand}'`;
      return `    ${pattern}) words='${options.map((option) => `--${option.name}`).join(' ')}' ;;`;
    });
    return subcommands.length === 0 ? own : [...own, `    '${name} '*) words='${subcommands.join(' ')}' ;;`];
  });
  return rows.join('\n');
}

/** For `case "$previous"`: the values of an option, or file names. */
function valueCases(commands: readonly CompletedCommand[], files: string): string {
  const all = commands.flatMap(({ parts }) => parts.flatMap(({ options }) => options));
  const withValue = new Map(all.flatMap((one) => (one.value === null ? [] : [[one.name, one] as const])));
  return [...withValue.values()]
    .map((one) => `    --${one.name}) ${isChoice(one) ? `words='${choices(one)}'` : files} ;;`)
    .join('\n');
}

function isChoice({ value }: UsageOption): boolean {
  return value !== null && /^[a-z0-9]+(\|[a-z0-9]+)+$/.test(value);
}

function choices({ value }: UsageOption): string {
  return (value ?? '').replaceAll('|', ' ');
}

function bashScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of heron for bash.
_heron() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} help --version --help' -- "$current"))
    return
  fi
  local subcommand=\${COMP_WORDS[2]}
  [ "$COMP_CWORD" -eq 2 ] && subcommand=''
  case "$previous" in
${valueCases(commands, 'return')}
    *) case "\${COMP_WORDS[1]} $subcommand" in
${cases(commands)}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _heron heron
`;
}

function zshScript(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${summary.replaceAll("'", "'\\''")}'`);
  return `#compdef heron
# Completion of heron for zsh.
_heron() {
  local words_typed=("\${words[@]}") current_index=$CURRENT
  local previous=\${words_typed[current_index - 1]} words='' subcommand=''
  if (( current_index == 2 )); then
    local -a known=(
${described.join('\n')}
    )
    _describe command known
    return
  fi
  (( current_index > 3 )) && subcommand=\${words_typed[3]}
  case "$previous" in
${valueCases(commands, '_files; return')}
    *) case "\${words_typed[2]} $subcommand" in
${cases(commands)}
    esac ;;
  esac
  [[ -n $words ]] && compadd -- \${(s: :)words}
  [[ $previous == --* && -n $words ]] || _files
}
if [ "$funcstack[1]" = _heron ]; then _heron "$@"; else compdef _heron heron; fi
`;
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const rows = commands.flatMap(({ name, summary, parts }) => [
    `complete -c heron -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...parts.flatMap((part) => fishPart(name, part)),
  ]);
  return `# Completion of heron for fish.\n${rows.join('\n')}\n`;
}

function fishPart(name: string, { subcommand, options }: UsagePart): string[] {
  const command = `__fish_seen_subcommand_from ${name}`;
  const within = subcommand === null ? command : `${command}; and __fish_seen_subcommand_from ${subcommand}`;
  const own = subcommand === null ? [] : [`complete -c heron -n '${command}' -f -a ${subcommand}`];
  return [
    ...own,
    ...options.map((option) => {
      const value = option.value === null ? '' : isChoice(option) ? ` -x -a '${choices(option)}'` : ' -r -F';
      return `complete -c heron -n '${within}' -l ${option.name}${value}`;
    }),
  ];
}
