import type { Alert } from '../model/alert';
import type { HeronEvent } from '../model/event';

/** What has to be recorded and shown since it was taken last. */
export class BookChanges {
  #changed = new Map<string, Alert>();
  #removedIds = new Set<string>();
  #events: HeronEvent[] = [];

  record(event: HeronEvent): void {
    this.#events.push(event);
  }

  show(alert: Alert): void {
    this.#changed.set(alert.id, alert);
  }

  remove(id: string): void {
    this.#changed.delete(id);
    this.#removedIds.add(id);
  }

  take(): { events: HeronEvent[]; changed: Alert[]; removedIds: string[] } {
    const taken = {
      events: this.#events,
      changed: [...this.#changed.values()].map(copyOf),
      removedIds: [...this.#removedIds],
    };
    this.#events = [];
    this.#changed = new Map();
    this.#removedIds = new Set();
    return taken;
  }
}

/** A copy that later changes do not reach; what an alert consists of is replaced and never changed. */
export function copyOf(alert: Alert): Alert {
  return { ...alert };
}
