import type { RoleWitness } from '../../../domain/model/role';
import { rolesFromText } from '../devices/carp-text';
import type { DeviceModule, TableWitness, TextWitness } from '../devices/device-module';
import { decodeInteger, decodeText, isAbsent, suffixOf, type Varbind } from '../codec/varbind';

/** Max. polled groups of one table. */
const maxGroups = 16;

/** A witness the agent offers, with its exact instances. */
export interface PlannedWitness {
  /** The objects of a role poll. */
  roleOids: string[];
  /** The objects of a health poll: the role, and what changes with it (CARP's demotion raises advskew). */
  healthOids: string[];
  /** The objects whose value from the walk is retained. */
  learnedOids: string[];
  read: (
    values: ReadonlyMap<string, Varbind>,
    unreadable: (reason: string) => void,
  ) => readonly RoleWitness[];
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

function textWitness(witness: TextWitness, oids: string[], cache: string[]): PlannedWitness {
  const [cacheOid] = cache;
  return {
    roleOids: oids,
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

function groupWitness(
  witness: TableWitness,
  state: string,
  under: (base: string) => string[],
): PlannedWitness {
  const row = suffixOf(state, witness.state);
  const cell = (base: string | null): string | null =>
    base !== null && under(base).includes(`${base}.${row}`) ? `${base}.${row}` : null;
  const vhid = cell(witness.vhid);
  const advbase = cell(witness.advbase);
  const advskew = cell(witness.advskew);
  const small = (values: ReadonlyMap<string, Varbind>, oid: string | null): number | null => {
    const value = oid === null ? undefined : values.get(oid);
    return value ? decodeInteger(value, 0, 255).value : null;
  };
  return {
    roleOids: [state],
    healthOids: [state, ...(advskew === null ? [] : [advskew])],
    learnedOids: [vhid, advbase].filter((oid) => oid !== null),
    read(values, unreadable) {
      const found = values.get(state);
      if (!found || isAbsent(found)) return [];
      const number = decodeInteger(found);
      if (number.value === null) unreadable(number.reason);
      return [
        {
          witness: witness.witness,
          role: number.value === null ? 'unknown' : (witness.states[number.value] ?? 'unknown'),
          vhid: small(values, vhid),
          advbase: small(values, advbase),
          advskew: small(values, advskew),
          confidence: 1,
          maxAgeMs: 0,
          said: number.value === null ? 'unreadable' : String(number.value),
        },
      ];
    },
  };
}
