import { describe, expect, it } from 'vitest';
import { commands } from '../../../../cli/commands';
import { usageParts } from '../../../../cli/reference/usage-options';

const optionsOf = (command: string, usage: string) =>
  Object.fromEntries(
    usageParts(command, usage).map((part) => [
      part.subcommand ?? '',
      part.options.map(({ name, value }) => (value === null ? name : `${name}=${value}`)),
    ]),
  );

describe('the options of a usage text', () => {
  it('are those it mentions, with the word for their value or the values themselves', () => {
    const usage = `heron demo: a fleet.

  --dir DIR        folder
  --format csv|json   of the result
  --colours WHAT   true, 16 or none (default: by COLORTERM)
  --quiet          no progress
`;
    expect(optionsOf('demo', usage)).toEqual({
      '': ['dir=DIR', 'format=csv|json', 'colours=true|16|none', 'quiet'],
    });
  });

  it('belong to the part whose line is above them', () => {
    const usage = `heron audit: proves.

  heron audit verify FILE [--key FINGERPRINT]
      --json     as JSON
  heron audit new-key KEYFILE
      Puts a new key in use.
`;
    expect(optionsOf('audit', usage)).toEqual({ verify: ['key=FINGERPRINT', 'json'], 'new-key': [] });
  });

  it('are known of every command', async () => {
    for (const [name, { usage }] of Object.entries(commands)) {
      const text = await usage();
      expect(text, name).toMatch(new RegExp(`^heron ${name}\\b`));
      for (const [option] of text.matchAll(/(?<= )--[a-z-]+/g))
        expect(JSON.stringify(optionsOf(name, text)), `${name} ${option}`).toContain(option.slice(2));
    }
  });
});
