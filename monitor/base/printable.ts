/** C0 and C1 controls, and the characters that reverse or hide text (Unicode 16, bidirectional formatting and zero-width). */
const unprintable =
  // eslint-disable-next-line no-control-regex -- these are the characters that are to be replaced
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text for a terminal. A host, edge or reason in a file can hold escape sequences, with which it could forge a verdict: every
 * control character but the line feed is shown as its code point.
 */
export function printable(text: string): string {
  return text.replaceAll(
    unprintable,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** The same on one line: a name with a line feed in it cannot add a line of its own. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\u000a');
}
