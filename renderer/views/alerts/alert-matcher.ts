import type { Alert } from '../../../domain/model/alert';
import type { AlertMatcher } from '../../../domain/model/alert-rule';

/** A pattern takes `*` and `?` as wildcards; in a name `?` stands for both, as there is no escape. */
function patternOf(name: string): string {
  return name.replaceAll(/[*?]/g, '?').slice(0, 200);
}

/** What a silence of this alert alone matches: its rule, its cluster and, if it is about one, its edge. */
export function matcherOf({ rule, name, rowId, edgeName }: Alert): AlertMatcher {
  return {
    rule,
    ...(rowId === null ? {} : { cluster: patternOf(name) }),
    ...(edgeName === null ? {} : { edge: patternOf(edgeName) }),
  };
}
