import type { CauseCorrection, RecordedEvent } from '../../domain/model/event';
import type { EventFilter } from '../../domain/model/history';
import type { HistoryReadable } from '../../db/client/history';

const pageEvents = 2000;

/** All events that match, in the order they were recorded, a page at a time: only one page is in memory. Rejects with a HistoryError. */
export async function* eventsForwards(
  history: Pick<HistoryReadable, 'events'>,
  filter: Pick<EventFilter, 'types' | 'range'>,
): AsyncGenerator<RecordedEvent[]> {
  let afterId = 0;
  for (;;) {
    const page = await history.events({
      clusterId: null,
      beforeId: null,
      ...filter,
      afterId,
      limit: pageEvents,
    });
    if (page.length > 0) yield page;
    if (page.length < pageEvents) return;
    afterId = page.at(-1)?.id ?? afterId;
  }
}

/** Every correction of a failover's cause, in the order they were recorded. Rejects with a HistoryError. */
export async function causeCorrections(history: Pick<HistoryReadable, 'events'>): Promise<CauseCorrection[]> {
  const corrections: CauseCorrection[] = [];
  for await (const page of eventsForwards(history, { types: ['cause-corrected'] }))
    for (const { event } of page) if (event.type === 'cause-corrected') corrections.push(event);
  return corrections;
}
