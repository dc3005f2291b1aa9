import type { SnmpReading } from '../../domain/model/reading';
import type { WitnessKind } from '../../domain/model/role';
import { decodeHealth } from '../snmp/agent/decode-reading';
import type { EdgeAddresses } from '../snmp/agent/interface-plan';
import { planHealth, type HealthPlan } from '../snmp/agent/plan';
import { sharedPlan } from '../snmp/agent/shared-plan';
import type { Varbind } from '../snmp/codec/varbind';
import { readModules } from './columns';
import type { MetricRow } from './metric-rows';

/** Witnesses that a process of the edge reports: one that vanishes while its agent answers shows that the process stopped. */
const processWitnesses: readonly WitnessKind[] = ['carp-mib', 'keepalived-mib'];

/** The rows of one edge: those that seldom change, and those of the present refresh, decoded as a walk of its agent would be. */
export class EdgeMetrics {
  #learned = new Map<string, Varbind>();
  #rows = new Map<string, Varbind>();
  #shape = 0;
  #plan: { shape: number; plan: HealthPlan } | null = null;
  readonly #reporting = new Set<WitnessKind>();

  constructor(
    private readonly addresses: EdgeAddresses,
    /** Who read it in Heron's place, and how often. */
    private readonly through: string,
  ) {}

  get isLearned(): boolean {
    return this.#learned.size > 0;
  }

  /** Replaces the rows that seldom change. */
  learn(rows: readonly Varbind[]): void {
    this.#learned = new Map(rows.map((row) => [row.oid, row]));
    this.#plan = null;
  }

  /** A refresh begins: the rows of the one before no longer apply. */
  begin(): void {
    this.#rows = new Map();
    this.#shape = 0;
  }

  add({ row, hash }: MetricRow): void {
    if (!this.#rows.has(row.oid)) this.#shape = (this.#shape + hash) % Number.MAX_SAFE_INTEGER;
    this.#rows.set(row.oid, row);
  }

  /** The reading that the rows of this refresh make; null: there are none. */
  reading(): SnmpReading | null {
    if (this.#rows.size === 0) return null;
    if (this.#plan?.shape !== this.#shape) {
      const all = new Map([...this.#learned, ...this.#rows]);
      this.#plan = { shape: this.#shape, plan: sharedPlan(planHealth(readModules, all, this.addresses)) };
    }
    // Rows of a fleet are not copied at every refresh.
    const values = { get: (oid: string) => this.#rows.get(oid) ?? this.#learned.get(oid) };
    const reading = decodeHealth(this.#plan.plan, values);
    reading.roles = reading.roles.map((role) => ({ ...role, through: this.through }));
    const lost = this.#lostIn(reading);
    return lost.length > 0 ? { ...reading, lostWitnesses: lost } : reading;
  }

  #lostIn({ roles }: SnmpReading): WitnessKind[] {
    for (const { witness, role } of roles) {
      if (role !== 'unknown' && processWitnesses.includes(witness)) this.#reporting.add(witness);
    }
    return [...this.#reporting].filter((kind) => roles.every(({ witness }) => witness !== kind));
  }
}
