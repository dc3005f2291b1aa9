/**
 * A value as the JSON text it crosses to the page as. Between the preload script and the page Electron copies an object property by
 * property, a text in one go: a year of states takes a second as objects, and a tenth of it as a text.
 */
export type JsonText<T> = string & { readonly of?: T };

/** Writes a value of the contract. Nothing at all (`void`) is the empty text. */
export function jsonText<T>(value: T): JsonText<T> {
  return value === undefined ? '' : JSON.stringify(value);
}

/** Reads it back, unchecked: the contract's schema comes next. Throws a SyntaxError when it is no JSON. */
export function valueOfText(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}
