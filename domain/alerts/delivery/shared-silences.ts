import type { Alert } from '../../model/alert';
import {
  alertRules,
  type AcknowledgedUntil,
  type AlertMatcher,
  type AlertRule,
} from '../../model/alert-rule';
import { alertRuleNames } from '../../words/alerts';

/** A matcher of an Alertmanager (its OpenAPI description, `matcher`); regular expressions are RE2 and match the whole value. */
export interface LabelMatcher {
  name: string;
  value: string;
  isRegex: boolean;
  isEqual: boolean;
}

/** An acknowledgement as it is kept in an Alertmanager: a silence of exactly one alert. */
export interface SharedAcknowledgement {
  rule: AlertRule;
  name: string;
  edgeName: string | null;
  words: string;
  until: AcknowledgedUntil;
  sticky: boolean;
}

const fields = ['cluster', 'site', 'edge', 'rule'] as const;

/** A silence of Heron as matchers of labels. Case does not matter in either. */
export function labelMatchers(matcher: AlertMatcher): LabelMatcher[] {
  const given = fields.flatMap((name) =>
    matcher[name] === undefined ? [] : [{ name, pattern: matcher[name] }],
  );
  // An Alertmanager refuses a silence without matchers; every alert of Heron has a cluster.
  const all = given.length > 0 ? given : [{ name: 'cluster', pattern: '?*' }];
  return all.map(({ name, pattern }) => ({ name, value: regexOf(pattern), isRegex: true, isEqual: true }));
}

/** Matchers of labels as a silence of Heron; null: they cannot be expressed, or are about something else. */
export function matcherOfLabels(matchers: readonly LabelMatcher[]): AlertMatcher | null {
  const found: AlertMatcher = {};
  for (const { name, value, isRegex, isEqual } of matchers) {
    if (!isEqual) return null;
    const field = name === 'alertname' ? 'rule' : fields.find((known) => known === name);
    if (field === undefined || found[field] !== undefined) return null;
    const pattern = isRegex ? patternOf(value) : /[*?]/.test(value) ? null : value;
    const known = name === 'alertname' ? ruleOfName(pattern) : pattern;
    if (known === null || known === '' || known.length > 200) return null;
    found[field] = known;
  }
  return matchers.length > 0 ? found : null;
}

/** Identifies what an acknowledgement is about at all desks: ids of alerts differ between them. */
export function sharedKey({ rule, name, edgeName }: Pick<Alert, 'rule' | 'name' | 'edgeName'>): string {
  return JSON.stringify([rule, name, edgeName]);
}

/** The matchers of an acknowledged alert. An alert of a cluster has no label `edge`, which the empty text matches. */
export function acknowledgementMatchers({ rule, name, edgeName }: Alert): LabelMatcher[] {
  const exact = (label: string, value: string) => ({ name: label, value, isRegex: false, isEqual: true });
  return [exact('rule', rule), exact('cluster', name), exact('edge', edgeName ?? '')];
}

/** The comment of an acknowledgement: its words, and what the words of a silence cannot express. */
export function acknowledgementComment(words: string, until: AcknowledgedUntil, sticky: boolean): string {
  const end =
    until.kind === 'recovers'
      ? 'it recovers'
      : until.kind === 'changes'
        ? 'anything changes'
        : new Date(until.atMs).toISOString();
  return `${words} [acknowledged in Heron until ${end}${sticky ? ', sticky' : ''}]`.trim();
}

/** The acknowledgement that a silence stands for; null: it is an ordinary silence. */
export function acknowledgementOf(
  comment: string,
  matchers: readonly LabelMatcher[],
): SharedAcknowledgement | null {
  const [, words = '', end = '', sticky] =
    /^([^]*?)\s*\[acknowledged in Heron until ([^\],]{1,40})(, sticky)?\]$/.exec(comment) ?? [];
  const until = untilOf(end);
  const valueOf = (label: string): string | null =>
    matchers.find(({ name, isRegex, isEqual }) => name === label && !isRegex && isEqual)?.value ?? null;
  const rule = alertRules.find((known) => known === valueOf('rule'));
  const name = valueOf('cluster');
  const edgeName = valueOf('edge');
  if (until === null || rule === undefined || name === null || edgeName === null || matchers.length !== 3)
    return null;
  const about = { rule, name, edgeName: edgeName === '' ? null : edgeName };
  return { ...about, words: words.slice(0, 500), until, sticky: sticky !== undefined };
}

function untilOf(end: string): AcknowledgedUntil | null {
  if (end === 'it recovers') return { kind: 'recovers' };
  if (end === 'anything changes') return { kind: 'changes' };
  const atMs = Date.parse(end);
  return Number.isFinite(atMs) ? { kind: 'time', atMs } : null;
}

/** `*` and `?` as a regular expression. */
function regexOf(pattern: string): string {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  return `(?i)${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}`;
}

/** A regular expression of literal characters, `.*`, `.+` and `.` as a pattern; null: it is another one. */
function patternOf(regex: string): string | null {
  const text = regex.replace(/^\(\?i\)/, '').replace(/^\^|\$$/g, '');
  const parts = text.match(/\\[\\^$.|+()[\]{}*?]|\.\*|\.\+|\.|[^\\^$.|+()[\]{}*?]/gu) ?? [];
  if (parts.join('') !== text) return null;
  const pattern = parts.map((part) => {
    if (part === '.*') return '*';
    if (part === '.+') return '?*';
    if (part === '.') return '?';
    return part.replace(/^\\/, '');
  });
  const hasLiteralStar = parts.some((part) => part === '\\*' || part === '\\?');
  return hasLiteralStar ? null : pattern.join('');
}

function ruleOfName(name: string | null): string | null {
  return alertRules.find((rule) => alertRuleNames[rule] === name) ?? null;
}
