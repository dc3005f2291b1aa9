import { alertRules, type AlertMatcher } from '../../../../domain/model/alert-rule';
import type { ClusterView } from '../../../../domain/model/snapshot';
import type { Token } from '../../../ui/controls/TokenField.vue';

const fields = ['rule', 'cluster', 'edge', 'site'] as const satisfies (keyof AlertMatcher)[];

/** The patterns of a matcher as tokens: all of them have to match. */
export function tokensOf(matcher: AlertMatcher): Token[] {
  const given = fields.flatMap((field) => {
    const pattern = matcher[field];
    return pattern === undefined ? [] : [{ field, pattern }];
  });
  return given.map((token, index) => ({ ...token, joint: index === 0 ? '' : 'and' }));
}

/** The matcher with what was typed: "site Frankfurt" is about sites, a rule's name about rules, another word about clusters. */
export function withTyped(matcher: AlertMatcher, text: string): AlertMatcher {
  const [, named, pattern = ''] = /^(?:(rule|cluster|name|edge|site)[\s:]+)?(.+)$/i.exec(text.trim()) ?? [];
  const wanted = pattern.trim().slice(0, 200);
  if (wanted === '') return matcher;
  const isRule = alertRules.some((rule) => rule === wanted.toLowerCase());
  const field = named?.toLowerCase().replace('name', 'cluster') ?? (isRule ? 'rule' : 'cluster');
  return { ...matcher, [field]: wanted };
}

/** The matcher without its token at this place. */
export function withoutToken(matcher: AlertMatcher, index: number): AlertMatcher {
  const field = tokensOf(matcher)[index]?.field;
  return Object.fromEntries(Object.entries(matcher).filter(([name]) => name !== field));
}

/** What the field offers: rules, sites, clusters and edges. */
export function silenceSuggestions(rows: readonly Pick<ClusterView, 'name' | 'site' | 'edges'>[]): string[] {
  return [
    ...alertRules.map((rule) => `rule ${rule}`),
    ...new Set(rows.flatMap(({ site }) => (site === null ? [] : [`site ${site}`]))),
    ...rows.map(({ name }) => `cluster ${name}`),
    ...rows.flatMap(({ edges }) => edges.map(({ name }) => `edge ${name}`)),
  ];
}
