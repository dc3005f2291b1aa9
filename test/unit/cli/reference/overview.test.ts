import { expect, it } from 'vitest';
import { commands } from '../../../../cli/commands';
import { overview } from '../../../../cli/reference/overview';

it('the overview names every command in lines that fit a terminal', () => {
  const lines = overview(commands).split('\n');
  for (const name of Object.keys(commands))
    expect(lines.some((line) => line.startsWith(`  heron ${name}`))).toBe(true);
  for (const line of lines.filter((one) => one.startsWith('  ')))
    expect(line.length).toBeLessThanOrEqual(120);
});
