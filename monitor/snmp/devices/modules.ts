import type { DeviceModule } from './device-module';
import { keepalived } from './keepalived';
import { netSnmpGeneric } from './net-snmp-generic';
import { openbsdCarp } from './openbsd-carp';
import { vendorEdge } from './vendor-edge';

/** Every kind of agent Heron knows. Where two offer the same field, the earlier one is read. */
export const deviceModules: readonly DeviceModule[] = [vendorEdge, netSnmpGeneric, openbsdCarp, keepalived];
