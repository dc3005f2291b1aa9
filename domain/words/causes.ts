import type { Cause } from '../model/event';

/** The causes of a failover, as the rest of a sentence after "Cause:". */
export const causeWords: Readonly<Record<Cause['kind'], string>> = {
  'lb-stopped': 'its LB stopped',
  demoted: 'its LB was demoted, and another one preferred',
  'edge-died': 'the edge went down',
  'edge-unreachable': 'the edge became unreachable: it died or was cut off',
  'cut-off': 'the edge was cut off, and went on running',
  'edge-rebooted': 'the edge rebooted',
  'link-cut': 'link lost',
  'administrator-disabled': 'disabled by an administrator',
  preemption: 'preemption by an LB with better advskew',
  unknown: 'not known',
};
