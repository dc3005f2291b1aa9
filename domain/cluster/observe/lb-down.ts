import type { InterfaceReading, SnmpReading } from '../../model/reading';

/** The latest readings in a row of an LB interface that was disabled or without a link. UTC milliseconds. */
export interface LbDown {
  name: string;
  why: 'disabled' | 'no-link';
  firstMs: number;
  lastMs: number;
  /** Its latest reading was one of them. */
  continues: boolean;
}

/** The interface that its LB uses, as far as a reading has it. */
export function lbInterface({ interfaces, interfaceUse }: SnmpReading): InterfaceReading | undefined {
  return interfaces.find(({ index }) => index === interfaceUse.loadBalancer);
}

/** Applies a full reading, which ended at `nowMs`. One without the LB interface changes nothing. */
export function observeLbDown(before: LbDown | null, device: SnmpReading, nowMs: number): LbDown | null {
  const lb = lbInterface(device);
  if (!lb) return before;
  const why = lb.adminUp === false ? 'disabled' : lb.operUp === false ? 'no-link' : null;
  if (why === null) return before?.continues ? { ...before, continues: false } : before;
  const firstMs = before?.continues && before.why === why ? before.firstMs : nowMs;
  return { name: lb.name, why, firstMs, lastMs: nowMs, continues: true };
}
