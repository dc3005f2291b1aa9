/**
 * Words as a sentence: with a capital and a full stop; empty text stays empty. A first word with a digit, such as eth1 or fra-01, is a name and
 * stays as it is.
 */
export function sentence(words: string): string {
  const text = words.trim();
  if (text === '') return '';
  const isName = /^\S*\d/.test(text);
  const capital = isName ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
