import type { DeviceModule } from './device-module';

/** KEEPALIVED-MIB's vrrpInstanceTable: VRRP on Linux. Its virtual router id is what CARP calls VHID. */
const vrrpInstance = '1.3.6.1.4.1.9586.100.5.2.3.1';
const vrrpAddress = '1.3.6.1.4.1.9586.100.5.2.6.1';

export const keepalived: DeviceModule = {
  name: 'keepalived',
  scalars: [],
  watched: [],
  witnesses: [
    {
      witness: 'keepalived-mib',
      form: 'table',
      state: `${vrrpInstance}.4`,
      states: { 0: 'init', 1: 'backup', 2: 'master', 3: 'fault' },
      vhid: `${vrrpInstance}.3`,
      advbase: null,
      advskew: null,
      renumbers: true,
      // vrrpInstanceName, BasePriority, EffectivePriority, Preempt; vrrpAddressType, vrrpAddressValue.
      label: `${vrrpInstance}.2`,
      basePriority: `${vrrpInstance}.7`,
      priority: `${vrrpInstance}.8`,
      preempt: { base: `${vrrpInstance}.13`, yes: 1, ofAgent: false },
      virtualIps: { types: `${vrrpAddress}.2`, values: `${vrrpAddress}.3` },
    },
  ],
  interfaceOrder: [],
};
