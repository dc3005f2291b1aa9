import { enteredByPeople, type HeronEvent } from '../../domain/model/event';
import type { Reading } from '../../domain/model/reading';
import type { LineOutput } from '../common/line-output';
import { readingLine } from './reading-line';
import { watchLine, type WatchLine } from './watch-line';
import { EventCounts, summaryLine, type SummaryFacts } from './watch-summary';

/** Prints events as lines and counts them. The first `edge-state` of an edge with a health reading includes that reading. */
export class WatchPrinter {
  readonly #counts = new EventCounts();
  readonly #edgesWithReading = new Set<string>();

  constructor(private readonly output: LineOutput) {}

  print(event: HeronEvent, reading: Reading | null): void {
    // Entered by a person, not observed; the types of lines are fixed.
    if (enteredByPeople.has(event.type)) return;
    this.#counts.add(event);
    this.output.print(watchLine(event, reading && this.#isFirst(event) ? readingLine(reading) : null));
  }

  /** Prints a line that is not an event of the history. */
  printLine(line: WatchLine): void {
    this.output.print(line);
  }

  printSummary(facts: Omit<SummaryFacts, 'events'>): void {
    this.output.print(summaryLine({ ...facts, events: this.#counts }), true);
  }

  #isFirst(event: HeronEvent): boolean {
    if (event.type !== 'edge-state' || this.#edgesWithReading.has(event.edgeId)) return false;
    this.#edgesWithReading.add(event.edgeId);
    return true;
  }
}
