const states = new Set(['master', 'backup', 'init', 'fault']);

/** Words that may stand beside a state without changing what the line says. */
const fillers = new Set([
  ...['carp', 'vrrp', 'lb', 'ha', 'role', 'state', 'status', 'is', 'in', 'on', 'now', 'current', 'entering'],
  ...['instance', 'group', 'vhid', 'vrid', 'advbase', 'advskew', 'priority', 'prio', 'demotion', 'interface'],
]);

/** Words of a line that is about another state than the present one, or about a failure. */
const disqualifying = new Set([
  ...[
    'was',
    'wanted',
    'initial',
    'previous',
    'last',
    'old',
    'from',
    'to',
    'not',
    'no',
    'non',
    'cannot',
    'lost',
  ],
  ...['error', 'failed', 'unknown', 'unreachable', 'down', 'found', 'peer', 'remote', 'other', 'if', 'or'],
]);

/** Max. other words, which name the LB or the group: "FRA lb-1 is MASTER". */
const maxOtherWords = 2;

/**
 * The state that a line of plain text reports, in lower case: a bare word in any case (`MASTER`, `backup`), with a name before it
 * (`role=MASTER`, `VI_1: BACKUP`), or as keepalived passes it to notify scripts (`INSTANCE "VI_1" MASTER 100`). Null where the line
 * has no state, or more words than that: a sentence with MASTER in it is no report.
 */
export function stateOfLine(line: string): string | null {
  const words = line.toLowerCase().match(/[a-z][\w.-]*|->|→|\d+/g) ?? [];
  const found = new Set<string>();
  let others = 0;
  for (const word of words) {
    const plain = word.replace(/_state$/, '');
    if (states.has(plain)) found.add(plain);
    else if (disqualifying.has(word) || word === '->' || word === '→') return null;
    else if (!fillers.has(word) && !/^\d+$/.test(word)) others += 1;
  }
  const [state] = found;
  return found.size === 1 && others <= maxOtherWords ? (state ?? null) : null;
}
