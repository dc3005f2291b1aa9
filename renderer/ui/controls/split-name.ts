import stringWidth from 'string-width';
import { shortName } from '../../../domain/words/short-name';

/** Of the end of a name that stays when its middle is left out, in columns of a fixed-width font. */
const endColumns = 10;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Letters whose forms depend on their neighbours: such a name is divided between words only. */
const joining = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** A name in two parts: the start gives way, the end stays. `isShort`: it has room anywhere. */
export interface SplitName {
  start: string;
  end: string;
  isShort: boolean;
}

/** Where to leave something out of a name: names of one site differ at their ends. */
export function splitName(name: string): SplitName {
  const isShort = columns(name) <= 2 * endColumns;
  const at = isShort ? name.length : endOf(name);
  return { start: name.slice(0, at), end: name.slice(at), isShort };
}

/** Names longer than this are shortened within a line of text, in columns of a fixed-width font. */
const mostColumns = 24;

/** A line of text in which long names have no middle, so that what it says of them still fits. */
export function withShortNames(text: string, names: Iterable<string>): string {
  const long = [...new Set(names)].filter((name) => stringWidth(name) > mostColumns);
  let shortened = text;
  for (const name of long.sort((a, b) => b.length - a.length))
    shortened = shortened.replaceAll(name, () => shortName(name, mostColumns));
  return shortened;
}

function columns(text: string): number {
  // Capital W and M and their kind are half as wide again as a digit.
  return stringWidth(text) + (text.match(/[WMmw@%]/g)?.length ?? 0) / 2;
}

/** The offset at which the end begins; the length of the name where it cannot be divided. */
function endOf(name: string): number {
  if (joining.test(name)) {
    const found = /[\s-][^\s-]{1,10}$/u.exec(name);
    return found ? found.index : name.length;
  }
  let offset = name.length;
  let used = 0;
  for (const { segment, index } of [...segmenter.segment(name)].reverse()) {
    used += columns(segment);
    if (used > endColumns) break;
    offset = index;
  }
  return offset;
}
