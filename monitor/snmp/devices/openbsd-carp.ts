import type { DeviceModule } from './device-module';
import { ifMib } from './if-mib';

/** OPENBSD-CARP-MIB's carpIfTable, as OpenBSD's snmpd answers it. */
const carp = '1.3.6.1.4.1.30155.6';
const carpIf = `${carp}.2.2.1`;

export const openbsdCarp: DeviceModule = {
  name: 'openbsd-carp',
  scalars: [],
  watched: [],
  witnesses: [
    {
      witness: 'carp-mib',
      form: 'table',
      state: `${carpIf}.7`,
      states: { 0: 'init', 1: 'backup', 2: 'master' },
      vhid: `${carpIf}.3`,
      advbase: `${carpIf}.5`,
      advskew: `${carpIf}.6`,
      // carpIfDescr; carpAllow and carpPreempt (net.inet.carp.allow and .preempt, TruthValues); carpGroupDemote.
      label: `${carpIf}.2`,
      allowed: { base: `${carp}.1.1`, yes: 1 },
      preempt: { base: `${carp}.1.2`, yes: 1, ofAgent: true },
      demotions: `${carp}.4.1.3`,
      addressIfIndex: ifMib.addressIfIndex,
    },
  ],
  interfaceOrder: [],
};
