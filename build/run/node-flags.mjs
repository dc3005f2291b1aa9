/**
 * Flags of Node for a command of heron. The wall is drawn anew twice a second: a small young generation keeps its garbage from growing to
 * 30 MB between two collections (docs/adr/0011-v8-memory-settings.md); what only polls is faster with V8's own size.
 * @param {string | undefined} command
 * @returns {string[]}
 */
export function nodeFlags(command) {
  return command === 'wall' ? ['--max-semi-space-size=4'] : [];
}
