/**
 * Node flags for a heron command. The terminal wall is redrawn twice a second: a small young generation keeps its garbage below 30 MB
 * (docs/adr/0011-v8-memory-settings.md). Commands that only poll are faster with V8's default.
 * @param {string | undefined} command
 * @returns {string[]}
 */
export function nodeFlags(command) {
  return command === 'wall' ? ['--max-semi-space-size=4'] : [];
}
