import type { DeviceModule } from './device-module';

/** OPENBSD-CARP-MIB's carpIfTable, as OpenBSD and pfSense answer it. */
const carpIf = '1.3.6.1.4.1.30155.6.2.2.1';

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
    },
  ],
  interfaceOrder: [],
};
