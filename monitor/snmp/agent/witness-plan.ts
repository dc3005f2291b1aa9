import { rolesFromText } from '../devices/carp-text';
import type { DeviceModule, TableWitness, TextWitness } from '../devices/device-module';
import { startBefore } from '../client/walk';
import { decodeInteger, decodeText, isAbsent, isUnder, type Varbind } from '../codec/varbind';
import { groupWitness } from './group-witness';
import type { PlannedWitness } from './planned-witness';

/** Max. polled groups of one table. */
const maxGroups = 16;

/** The columns that report roles, and what a walk must visit to read them. */
export function witnessBases(modules: readonly DeviceModule[]): string[] {
  return modules.flatMap((module) => module.witnesses).flatMap(basesOf);
}

/**
 * Where to ask with GETNEXT for rows that a plan lacks: behind the last planned row of a table, and of a witness that is not planned
 * or, with `all`, that may have moved, before its first row. `base`: the column that a found row has to be in.
 */
export function unplannedRows(
  modules: readonly DeviceModule[],
  planned: readonly PlannedWitness[],
  all: boolean,
): { base: string; after: string }[] {
  return modules.flatMap((module) =>
    module.witnesses.flatMap((witness) => {
      const own = planned.filter(({ kind }) => kind === witness.witness);
      const first = (base: string) => ({ base, after: startBefore(base) });
      if (witness.form === 'text') return own.length > 0 ? [] : witness.alternatives.map(first);
      const last = own.at(-1)?.roleOids[0];
      if (last === undefined) return [first(witness.state)];
      const behind = { base: witness.state, after: last };
      return all ? [first(witness.state), behind] : [behind];
    }),
  );
}

function basesOf(witness: TextWitness | TableWitness): string[] {
  if (witness.form === 'text') return [...witness.alternatives, witness.cacheSeconds];
  const { state, vhid, advbase, advskew, label, priority, basePriority } = witness;
  const { preempt, demotions, virtualIps, addressIfIndex } = witness;
  return [
    ...[state, vhid, advbase, advskew, label, priority, basePriority, preempt?.base],
    ...[demotions, virtualIps?.types, virtualIps?.values, addressIfIndex],
  ].filter((base) => base !== null && base !== undefined);
}

/** The witnesses among a walk's rows. */
export function planWitnesses(
  modules: readonly DeviceModule[],
  under: (base: string) => string[],
): PlannedWitness[] {
  return modules.flatMap((module) =>
    module.witnesses.flatMap((witness): PlannedWitness[] => {
      if (witness.form === 'text') {
        const lines = witness.alternatives.map(under).find((oids) => oids.length > 0);
        return lines ? [textWitness(witness, lines.slice(0, maxGroups), under(witness.cacheSeconds))] : [];
      }
      return under(witness.state)
        .slice(0, maxGroups)
        .map((state) => groupWitness(witness, state, under));
    }),
  );
}

/**
 * Adds to a walk's rows those that `before` had of a witness of which the walk found nothing: its sub-agent may be away for a moment,
 * and what was offered once is asked for again. Rows of a witness that the walk did find replace those before.
 */
export function retainWitnessRows(
  modules: readonly DeviceModule[],
  rows: Map<string, Varbind>,
  before: readonly Varbind[],
): void {
  for (const witness of modules.flatMap((module) => module.witnesses)) {
    const signs = witness.form === 'text' ? witness.alternatives : [witness.state];
    const found = [...rows.keys()].some((oid) => signs.some((base) => isUnder(oid, base)));
    if (found) continue;
    const bases = basesOf(witness).filter((base) => !rows.has(base));
    for (const row of before) {
      const isIts = bases.some((base) => isUnder(row.oid, base));
      if (isIts && !rows.has(row.oid)) rows.set(row.oid, row);
    }
  }
}

function textWitness(witness: TextWitness, oids: string[], cache: string[]): PlannedWitness {
  const [cacheOid] = cache;
  return {
    kind: witness.witness,
    isProcess: false,
    roleOids: oids,
    identityOids: [],
    healthOids: oids,
    learnedOids: cache.slice(0, 1),
    read(values, unreadable) {
      const lines: string[] = [];
      for (const oid of oids) {
        const row = values.get(oid);
        if (!row || isAbsent(row)) continue;
        const text = decodeText(row);
        if (text.value === null) unreadable(text.reason);
        else lines.push(text.value);
      }
      if (lines.length === 0) return [];
      const cached = cacheOid === undefined ? undefined : values.get(cacheOid);
      const seconds = cached ? decodeInteger(cached, -1, 86_400).value : null;
      // A cache time below zero means that the script runs for every request.
      return rolesFromText(
        lines.join('\n'),
        seconds === null ? witness.usualCacheMs : Math.max(0, seconds) * 1000,
      );
    },
  };
}
