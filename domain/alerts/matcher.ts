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
  const [wanted, given] = [pattern.toLowerCase(), text.toLowerCase()];
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
export function matches(matcher: AlertMatcher, { name, site, edgeName, rule }: MatchSubject): boolean {
  const fits = (pattern: string | undefined, text: string | null): boolean =>
    pattern === undefined || matchesPattern(pattern, text ?? '');
  return (
    fits(matcher.cluster, name) &&
    fits(matcher.site, site) &&
    fits(matcher.edge, edgeName) &&
    fits(matcher.rule, rule)
  );
}

/** Whether a matcher leaves nothing out. */
export function matchesEverything({ cluster, site, edge, rule }: AlertMatcher): boolean {
  return [cluster, site, edge, rule].every((pattern) => pattern === undefined || /^\*+$/.test(pattern));
}
