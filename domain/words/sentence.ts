/** Words as a sentence: with a capital and a full stop; empty text stays empty. */
export function sentence(words: string): string {
  const text = words.trim();
  if (text === '') return '';
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
