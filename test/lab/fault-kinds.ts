/** Every fault the lab can make, and what it does to the edge. */
export const faultWords = {
  'lb-dies': 'the load balancer (ucarp) is killed with kill -9; the edge itself goes on',
  'lb-stops': 'the load balancer (ucarp) is stopped in order (SIGTERM); the edge itself goes on',
  'edge-dies': 'the edge loses its power: every process ends at once and all its links go down',
  'link-cut': 'the service cables (proxy and LB) are pulled; management stays',
  'management-cut': 'the management cable is pulled; the service goes on',
  split: "the LBs of one half no longer hear the other half's advertisements (with --edge: that edge alone)",
  reboot: 'the edge shuts down in order, is silent for some seconds and starts again',
  'snmpd-stop': 'the SNMP agent is stopped; the service goes on',
  'proxy-dies': 'the HTTP responder is killed; the load balancer goes on',
  'cloud-lost': 'the vendor objects tell that the Central Authority and logging are lost',
  'cpu-high': 'the vendor objects tell 97 % CPU',
} as const;

export type FaultKind = keyof typeof faultWords;
export const faultKinds = Object.keys(faultWords) as [FaultKind, ...FaultKind[]];
