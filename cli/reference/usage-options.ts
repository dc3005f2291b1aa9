/** An option of a command, as its usage text mentions it. */
export interface UsageOption {
  name: string;
  /** The word for its value, such as FILE, or the values to choose from; null: it takes none. */
  value: string | null;
}

/** A command, or a command of a command such as `audit verify`, with its options. */
export interface UsagePart {
  /** Null: the command itself. */
  subcommand: string | null;
  options: UsageOption[];
}

const optionShape = /(?<![\w-])--([a-z][a-z-]*)(?:[ =]([A-Z][A-Z|]*|[a-z0-9]+(?:\|[a-z0-9]+)+))?/g;
const choiceShape = /^ +--([a-z][a-z-]*) WHAT +([a-z0-9]+(?:, [a-z0-9]+)*,? or [a-z0-9]+)\b/gm;

/**
 * Reads the parts and options that a command's usage text mentions. A part begins with its line `  heron COMMAND PART …`.
 *
 * @param command its name, such as `audit`
 */
export function usageParts(command: string, usage: string): UsagePart[] {
  const start = new RegExp(`^ {2}heron ${command} ([a-z][a-z-]*)(?![\\w-])`, 'gm');
  const starts = [...usage.matchAll(start)];
  if (starts.length === 0) return [{ subcommand: null, options: optionsIn(usage) }];
  return starts.map((match, index) => ({
    subcommand: match[1] ?? '',
    options: optionsIn(usage.slice(match.index, starts[index + 1]?.index)),
  }));
}

function optionsIn(text: string): UsageOption[] {
  const found = new Map<string, string | null>();
  for (const [, name = '', value] of text.matchAll(optionShape))
    if (!found.has(name) || found.get(name) === null) found.set(name, value ?? null);
  for (const [, name = '', values = ''] of text.matchAll(choiceShape))
    found.set(name, values.split(/, or |, | or /).join('|'));
  found.delete('help');
  return [...found].map(([name, value]) => ({ name, value }));
}
