import type { SnmpReading } from '../../../domain/model/reading';
import type { PlannedInterface } from './interface-plan';
import { retainedRows, type HealthPlan } from './plan';
import { isAbsent, type Varbind } from '../codec/varbind';
import type { PlannedWitness } from './planned-witness';

const sysUpTime = '1.3.6.1.2.1.1.3.0';

/** The objects that a role poll requests. */
export interface RolePlan {
  witnesses: PlannedWitness[];
  learned: readonly Varbind[];
  /** What the witnesses' identity objects were when they were planned. */
  identity: readonly Varbind[];
  /** sysUpTime and the witnesses' objects. */
  oids: string[];
  /** Requested where no witness reports a role; null until the interfaces are known. */
  ingress: IngressPlan | null;
}

/** The LB interface's ingress counter, for inference. */
export interface IngressPlan {
  /** Null when the interface was not found: `interfaceUse` then explains why no role can be inferred. */
  planned: PlannedInterface | null;
  interfaceUse: SnmpReading['interfaceUse'];
  /** The role objects and the counter. */
  oids: string[];
}

export const emptyRolePlan: RolePlan = {
  witnesses: [],
  learned: [],
  identity: [],
  oids: [sysUpTime],
  ingress: null,
};

/** Plans role polls of an agent that offers these witnesses; `health` is what is known of its interfaces. */
export function planRoles(
  witnesses: PlannedWitness[],
  rows: ReadonlyMap<string, Varbind>,
  health: HealthPlan | null,
): RolePlan {
  const roleOids = witnesses.flatMap((witness) => witness.roleOids);
  const related = witnesses.flatMap((witness) => [...witness.learnedOids, ...witness.healthOids]);
  const learned = retainedRows(
    rows,
    related.filter((oid) => !roleOids.includes(oid)),
  );
  const oids = [sysUpTime, ...roleOids];
  const identity = retainedRows(
    rows,
    witnesses.flatMap(({ identityOids }) => identityOids),
  );
  return { witnesses, learned, identity, oids, ingress: health && planIngress(health, oids) };
}

/** Whether an answer's rows are about other groups than the planned ones: a reload of the configuration numbered them anew. */
export function hasMovedRows({ identity }: RolePlan, values: ReadonlyMap<string, Varbind>): boolean {
  return identity.some(({ oid, value }) => {
    const now = values.get(oid);
    return now !== undefined && !isAbsent(now) && String(now.value) !== String(value);
  });
}

function planIngress({ interfaces, interfaceUse }: HealthPlan, roleOids: string[]): IngressPlan {
  const { loadBalancer, proxy } = interfaceUse;
  const found = interfaces.find(({ index }) => index === loadBalancer && index !== proxy);
  const counter = found?.inOctets ?? null;
  return counter === null
    ? { planned: null, interfaceUse, oids: roleOids }
    : {
        planned: found ?? null,
        interfaceUse,
        oids: [...roleOids, counter, ...(found?.nameOid ? [found.nameOid] : [])],
      };
}
