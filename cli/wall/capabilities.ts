/** How many colours a terminal shows: none, the 16 of its own palette, or any. */
export type ColourDepth = 'none' | '16' | 'true';

/** What a terminal can show. */
export interface Capabilities {
  colours: ColourDepth;
  /** Only ASCII characters: letters instead of shapes. */
  ascii: boolean;
}

/** What a user asked for on the command line; null: whatever the environment says. */
export interface WantedCapabilities {
  colours: ColourDepth | null;
  ascii: boolean;
}

/**
 * What the terminal can show, by the environment: `NO_COLOR` (no-color.org), `COLORTERM`, `TERM` and the locale. Terminals of East
 * Asian locales draw the shapes two cells wide, so they get letters.
 */
export function capabilitiesOf(
  environment: Readonly<Record<string, string | undefined>>,
  wanted: WantedCapabilities,
): Capabilities {
  const term = environment['TERM'] ?? '';
  const ascii = wanted.ascii || term === 'linux' || term === 'dumb' || !isUtf8(environment);
  return { ascii, colours: wanted.colours ?? coloursOf(environment, term) };
}

function coloursOf(environment: Readonly<Record<string, string | undefined>>, term: string): ColourDepth {
  if (environment['NO_COLOR'] || term === 'dumb' || term === '' || term.startsWith('vt')) return 'none';
  if (/^(truecolor|24bit)$/.test(environment['COLORTERM'] ?? '') || term.endsWith('-direct')) return 'true';
  return '16';
}

/** POSIX: LC_ALL, then LC_CTYPE, then LANG decide. Windows terminals have no locale variables and draw UTF-8. */
function isUtf8(environment: Readonly<Record<string, string | undefined>>): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  if (locale === '') return environment['OS'] === 'Windows_NT' || environment['TERM_PROGRAM'] !== undefined;
  return /utf-?8/i.test(locale) && !/^(ja|ko|zh)/i.test(locale);
}
