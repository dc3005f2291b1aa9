import type { AwayItem } from '../../../domain/model/desk';
import type { Health } from '../../../domain/model/health';

/** How it stands with an item. */
export const kindWords: Readonly<Record<AwayItem['kind'], string>> = {
  began: 'Began',
  ended: 'Ended',
  changed: 'Change',
};

/** The mark of an item: of what lasts, how bad it is. */
export function awayMark({ kind, severity }: AwayItem): Health {
  if (kind === 'ended') return 'up';
  if (severity === 'critical') return 'down';
  return severity === 'warning' ? 'degraded' : 'disabled';
}
