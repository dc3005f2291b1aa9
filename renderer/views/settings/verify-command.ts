/**
 * The command that verifies a history, for pasting into a shell. Windows paths (with a drive or server) are put in double
 * quotes, which file names there cannot contain; other paths are quoted for a POSIX shell where needed.
 */
export function verifyCommand(file: string): string {
  return `heron audit verify ${quoted(file)}`;
}

function quoted(file: string): string {
  if (/^(?:[A-Za-z]:|\\\\)/.test(file)) return `"${file}"`;
  return /^[\w/.,:@%+=-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
}
