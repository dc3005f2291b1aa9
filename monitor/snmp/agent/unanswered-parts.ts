import type { UnansweredPart } from '../../../domain/model/reading';
import { deviceModules } from '../devices/modules';
import type { HealthPlan } from './plan';
import type { PlannedWitness } from './planned-witness';
import { witnessBases } from './witness-plan';

type Part = UnansweredPart['part'];

const watchedBases = new Set(
  deviceModules.flatMap(({ watched }) =>
    watched.flatMap(({ names, flags, messages }) => [names, flags, messages]),
  ),
);
const deviceBases = new Set(deviceModules.flatMap(({ scalars }) => scalars.flatMap(({ bases }) => bases)));
const roleBases = new Set(witnessBases(deviceModules));

function partOfBase(base: string): Part {
  if (roleBases.has(base)) return 'roles';
  if (watchedBases.has(base)) return 'watched';
  return deviceBases.has(base) ? 'device' : 'interfaces';
}

function objectsOf(plan: HealthPlan): Record<Part, readonly string[]> {
  return {
    device: plan.scalars
      .filter(({ object }) => object.asked === 'every-poll')
      .flatMap(({ columns }) => columns.flat()),
    interfaces: plan.interfaces.flatMap(({ adminStatus, operStatus, inOctets, outOctets, nameOid }) =>
      [adminStatus, operStatus, inOctets, outOctets, nameOid].filter((oid) => oid !== null),
    ),
    watched: plan.watched.map(({ flag }) => flag),
    roles: plan.witnesses.flatMap(({ roleOids }) => roleOids),
  };
}

/**
 * The kinds of answer that a full poll did not get. `unanswered`: objects with why; `bases`: columns that the walk had no answer
 * about. Roles count as answered where another witness reports them.
 */
export function unansweredParts(
  plan: HealthPlan,
  unanswered: ReadonlyMap<string, string>,
  bases: readonly string[],
  hasRoles: boolean,
): UnansweredPart[] {
  if (unanswered.size === 0 && bases.length === 0) return [];
  const objects = objectsOf(plan);
  return (Object.keys(objects) as Part[]).flatMap((part) => {
    if (part === 'roles' && hasRoles) return [];
    const missing = objects[part].filter((oid) => unanswered.has(oid));
    const [first] = missing;
    if (first !== undefined) {
      const words = `${missing.length} of ${objects[part].length} objects, first ${first}: ${unanswered.get(first) ?? ''}`;
      return [{ part, words }];
    }
    const base = bases.find((one) => partOfBase(one) === part);
    return base === undefined ? [] : [{ part, words: unansweredBase(base) }];
  });
}

/** The roles of a role poll, where none was answered. */
export function unansweredRoles(
  witnesses: readonly PlannedWitness[],
  unanswered: ReadonlyMap<string, string>,
  bases: readonly string[],
): UnansweredPart[] {
  const roleOids = witnesses.flatMap((witness) => witness.roleOids);
  const oid = roleOids.find((one) => unanswered.has(one));
  if (oid !== undefined) return [{ part: 'roles', words: `${oid}: ${unanswered.get(oid) ?? ''}` }];
  const base = bases.find((one) => partOfBase(one) === 'roles');
  return base === undefined ? [] : [{ part: 'roles', words: unansweredBase(base) }];
}

/** Everything, while the first walk goes on. */
export function nothingYet(words: string, hasRoles: boolean): UnansweredPart[] {
  const parts: Part[] = ['device', 'interfaces', 'watched', ...(hasRoles ? [] : (['roles'] as const))];
  return parts.map((part) => ({ part, words }));
}

function unansweredBase(base: string): string {
  return `the agent answers no request for what is under ${base}`;
}
