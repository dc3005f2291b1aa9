import type { Alert } from '../model/alert';
import type { Condition } from './conditions';
import { ownRowId } from './recorded-alerts';
import { setSymptoms, symptomsOf, type RowAlerts, type Tracked } from './row-alerts';

type Rows = ReadonlyMap<string, RowAlerts>;

/** That Heron does not see its edges, which explains that nothing is known of their rows. */
export class Blindness {
  /** The rows that Heron does not see; null: none of all. */
  #rowIds: ReadonlySet<string> | null = new Set();

  constructor(private readonly rows: Rows) {}

  set(rowIds: ReadonlySet<string> | null): void {
    this.#rowIds = rowIds;
  }

  /** What explains a condition; null: Heron sees its row, or it is another condition. */
  causeOf({ rule, rowId }: Condition): Tracked | null {
    if (rule !== 'unknown' || rowId === null) return null;
    if (this.#rowIds !== null && !this.#rowIds.has(rowId)) return null;
    return this.#tracked() ?? null;
  }

  /** The rows that depend on it. */
  dependentRowIds(): string[] {
    return [...this.rows].flatMap(([id, row]) =>
      id !== ownRowId && [...row.tracked.values()].some(({ condition }) => condition.rule === 'unknown')
        ? [id]
        : [],
    );
  }

  /** Lists the rows that it explains under its alert; null: there is no alert, or that is as it was. */
  withSymptoms(nowMs: number): Alert | null {
    const blind = this.#tracked();
    if (!blind?.alert) return null;
    const symptoms = [...this.rows.values()].flatMap((row) => symptomsOf(blind, row.tracked.values()));
    return setSymptoms(blind, symptoms, nowMs) ? blind.alert : null;
  }

  #tracked(): Tracked | undefined {
    const own = this.rows.get(ownRowId);
    return [...(own?.tracked.values() ?? [])].find(({ condition }) => condition.rule === 'blind');
  }
}
