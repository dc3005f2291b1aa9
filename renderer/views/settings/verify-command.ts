/**
 * The command that verifies a history, to be pasted into a shell. A path of Windows (a drive or a server in front) is put in
 * double quotes, which no name there can hold; any other is quoted for a POSIX shell where it needs it.
 */
export function verifyCommand(file: string): string {
  return `heron audit verify ${quoted(file)}`;
}

function quoted(file: string): string {
  if (/^(?:[A-Za-z]:|\\\\)/.test(file)) return `"${file}"`;
  return /^[\w/.,:@%+=-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
}
