import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const built = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));

describe('A command whose reader has closed its output', () => {
  it.each([[['help']], [['inventory', 'schema']], [['audit', '--help']]])(
    'ends without a word: %j',
    async (args) => {
      const child = spawn(process.execPath, [built, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.destroy();
      const code = new Promise((resolve) => child.once('exit', resolve));
      expect(await text(child.stderr)).toBe('');
      expect(await code).toBe(141);
    },
  );
});
