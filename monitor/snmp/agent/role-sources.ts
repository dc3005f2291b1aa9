import type { RoleWitness, WitnessKind } from '../../../domain/model/role';
import { isAbsent, isUnder, type Varbind } from '../codec/varbind';
import type { DeviceModule } from '../devices/device-module';
import type { PlannedWitness, Values } from './planned-witness';
import { retainedRows } from './plan';
import { retainWitnessRows, unplannedRows } from './witness-plan';

/** Interval between two searches for role objects where a sibling offers some, or this agent once did. */
const expectedMs = 2_000;
/** The same where nothing is known to be missing, and for an agent that reports a role: rows may have been added. */
const unexpectedMs = 15_000;
const reportingMs = 60_000;

/** What one agent offers, and once offered, of the role of its LB. */
export class RoleSources {
  /** Rows of the witnesses found by walks, for as long as they were not replaced. */
  private rows: readonly Varbind[] = [];
  private searchedAtMs = performance.now();
  /** Witnesses that reported a role since the agent started. */
  private readonly reporting = new Set<WitnessKind>();

  constructor(private readonly modules: readonly DeviceModule[]) {}

  /** Adds what was offered once to a walk's rows. */
  complete(rows: Map<string, Varbind>): void {
    retainWitnessRows(this.modules, rows, this.rows);
  }

  /** Retains the rows of the witnesses that were planned from a walk. */
  retain(witnesses: readonly PlannedWitness[], rows: ReadonlyMap<string, Varbind>): void {
    const oids = witnesses.flatMap((one) => [...one.roleOids, ...one.healthOids, ...one.learnedOids]);
    this.rows = retainedRows(rows, oids);
  }

  /** The agent was restarted: what it lacks from now on it may not offer yet. */
  restarted(): void {
    this.reporting.clear();
  }

  /** The witnesses that no longer report although the agent answers, by an answer to a poll of `planned`. */
  lostIn(
    planned: readonly PlannedWitness[],
    values: Values,
    roles: readonly RoleWitness[],
  ): readonly WitnessKind[] | undefined {
    for (const { witness, role } of roles) if (role !== 'unknown') this.reporting.add(witness);
    if (this.reporting.size === 0 || roles.length >= planned.length) return undefined;
    const lost = [...this.reporting].filter((kind) => {
      const own = planned.filter((one) => one.kind === kind && one.isProcess);
      const oids = own.flatMap(({ roleOids }) => roleOids);
      return oids.length > 0 && oids.every((oid) => isGone(values.get(oid)));
    });
    return lost.length > 0 ? lost : undefined;
  }

  /** Whether it is time to search, and then not again for a while. `isExpected`: a sibling reports its role. */
  isSearchDue(nowMs: number, roleMissing: boolean, isExpected: boolean): boolean {
    const isKnown = isExpected || this.rows.length > 0;
    const everyMs = !roleMissing ? reportingMs : isKnown ? expectedMs : unexpectedMs;
    if (nowMs - this.searchedAtMs < everyMs) return false;
    this.searchedAtMs = nowMs;
    return true;
  }

  /** Where to search for rows that are not planned. */
  searched(planned: readonly PlannedWitness[], roleMissing: boolean): { base: string; after: string }[] {
    return unplannedRows(this.modules, planned, roleMissing);
  }
}

/** Whether a search found a row that is not planned. */
export function isUnplanned(row: Varbind, base: string, planned: readonly PlannedWitness[]): boolean {
  if (isAbsent(row) || !isUnder(row.oid, base)) return false;
  return planned.every(({ roleOids }) => !roleOids.includes(row.oid));
}

function isGone(row: Varbind | undefined): boolean {
  return row !== undefined && isAbsent(row);
}
