import type { AlertMatcher } from '../model/alert-rule';

/** What a matcher is compared with. */
export interface MatchSubject {
  name: string;
  site: string | null;
  edgeName: string | null;
  rule: string;
}

/**
 * Whether a text matches a pattern, regardless of case: `*` stands for any text, `?` for one character. Its time is bounded by the product
 * of the lengths, which a regular expression with several `*` does not guarantee.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  return fitsLower(pattern.toLowerCase(), text.toLowerCase());
}

function fitsLower(wanted: string, given: string): boolean {
  let [at, from] = [0, 0];
  let [star, starFrom] = [-1, 0];
  while (from < given.length) {
    if (at < wanted.length && wanted[at] === '*') {
      [star, starFrom] = [at, from];
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      starFrom += 1;
      [at, from] = [star + 1, starFrom];
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}

/** Whether every pattern that is given matches. A row has no edge name: a pattern for edges does not match it unless it matches all. */
export function matches(matcher: AlertMatcher, subject: MatchSubject): boolean {
  return matcherTest(matcher)(lowerSubject(subject));
}

/** A subject in lower case, with empty text for what it lacks. */
export type LowerSubject = Readonly<Record<'cluster' | 'site' | 'edge' | 'rule', string>>;

export function lowerSubject({ name, site, edgeName, rule }: MatchSubject): LowerSubject {
  return {
    cluster: name.toLowerCase(),
    site: (site ?? '').toLowerCase(),
    edge: (edgeName ?? '').toLowerCase(),
    rule,
  };
}

const fields = ['cluster', 'edge', 'site', 'rule'] as const;

/** The same as `matches`, for a matcher that is compared with many subjects: patterns without wildcards are compared first, as they are. */
export function matcherTest(matcher: AlertMatcher): (subject: LowerSubject) => boolean {
  const given = fields.flatMap((field) => {
    const pattern = matcher[field]?.toLowerCase();
    return pattern === undefined ? [] : [{ field, pattern, isExact: !/[*?]/.test(pattern) }];
  });
  const exact = given.filter(({ isExact }) => isExact);
  const open = given.filter(({ isExact }) => !isExact);
  return (subject) =>
    exact.every(({ field, pattern }) => subject[field] === pattern) &&
    open.every(({ field, pattern }) => fitsLower(pattern, subject[field]));
}

/** Whether a matcher leaves nothing out, or at most names of a few letters: it has no letter of its own. */
export function matchesEverything({ cluster, site, edge, rule }: AlertMatcher): boolean {
  return [cluster, site, edge, rule].every((pattern) => pattern === undefined || /^[*?]+$/.test(pattern));
}
