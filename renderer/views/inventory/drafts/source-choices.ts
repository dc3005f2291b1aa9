import type { Inventory } from '../../../../domain/inventory/inventory';
import { directSource, sourceOf } from '../../../../domain/inventory/metrics-source';
import type { EdgeDraft } from './edge-draft';

/** What a cluster or a standalone edge may be read through; empty where the inventory has no sources. */
export function sourceChoices({ sources = [] }: Inventory): { id: string; words: string }[] {
  if (sources.length === 0) return [];
  const byDefault = sources.find(({ isDefault }) => isDefault);
  return [
    {
      id: '',
      words: byDefault ? `As what names none: ${byDefault.name}` : 'As what names none: Heron’s own polls',
    },
    ...sources.map(({ name }) => ({ id: name, words: name })),
    { id: directSource, words: 'Heron’s own polls' },
  ];
}

/** Whether an edge with this source has polls of Heron's own besides, which is refused. */
export function hasSecondSource(edges: readonly EdgeDraft[], source: string, inventory: Inventory): boolean {
  const row = source === '' ? {} : { source };
  return sourceOf(row, inventory.sources) !== null && edges.some(isPolledBesides);
}

/** Takes the polls of Heron's own out of drafts. */
export function dropOwnPolls(edges: readonly EdgeDraft[]): void {
  for (const edge of edges) {
    Object.assign(edge, { askHttp: false, httpUrl: '', tcpHost: '', tcpPort: '' });
    Object.assign(edge.overrides, { healthIntervalMs: '', roleIntervalMs: '' });
  }
}

function isPolledBesides({ askHttp, tcpPort, overrides }: EdgeDraft): boolean {
  return (
    askHttp || [tcpPort, overrides.healthIntervalMs, overrides.roleIntervalMs].some((text) => text !== '')
  );
}
