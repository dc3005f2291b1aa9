import type { LbRole, RoleWitness } from '../../../domain/model/role';

/** Max. groups read from one text. */
const maxGroups = 16;
const maxSaidLength = 200;

/** Texts repeat for months and across LBs: the roles read from them are cached. Bounded. */
const maxRead = 1_000;
const longestRead = 1_000;
const read = new Map<string, readonly RoleWitness[]>();

const words: Record<string, LbRole> = { master: 'master', backup: 'backup', init: 'init', fault: 'fault' };

/**
 * Roles from a script's text: FreeBSD's `carp: MASTER vhid 1 advbase 1 advskew 0` (ifconfig(8)), one line per group, or a
 * plain word in any case. Lines without a state are skipped; a line with two different states is `unknown`. Text without any
 * state gives one `unknown` witness, so that the script's error is retained as evidence. `maxAgeMs`: how old the text may be.
 */
export function rolesFromText(text: string, maxAgeMs: number): readonly RoleWitness[] {
  const key = `${maxAgeMs} ${text}`;
  const known = read.get(key);
  if (known) return known;
  const found = readText(text, maxAgeMs);
  if (read.size >= maxRead) read.clear();
  if (text.length <= longestRead) read.set(key, found);
  return found;
}

function readText(text: string, maxAgeMs: number): RoleWitness[] {
  const found: RoleWitness[] = [];
  for (const line of text.split('\n')) {
    const states = new Set(
      [...line.matchAll(/(?<![a-z])(?:master|backup|init|fault)(?![a-z])/gi)].map(([word]) =>
        word.toLowerCase(),
      ),
    );
    const [state] = states;
    if (state === undefined) continue;
    found.push(witness(line, states.size === 1 ? (words[state] ?? 'unknown') : 'unknown', maxAgeMs));
    if (found.length === maxGroups) break;
  }
  return found.length > 0 ? found : [witness(text, 'unknown', maxAgeMs)];
}

function witness(line: string, role: LbRole, maxAgeMs: number): RoleWitness {
  return {
    witness: 'carp-extend',
    role,
    vhid: numberAfter(line, 'vhid', 255),
    advbase: numberAfter(line, 'advbase', 255),
    advskew: numberAfter(line, 'advskew', 255),
    confidence: 1,
    maxAgeMs,
    said: line.trim().slice(0, maxSaidLength),
  };
}

function numberAfter(line: string, word: string, max: number): number | null {
  const match = new RegExp(`\\b${word}[ =:]+(\\d{1,3})\\b`, 'i').exec(line);
  const value = match ? Number(match[1]) : null;
  return value !== null && value <= max ? value : null;
}
