/** IF-MIB (RFC 2863) and the address table of IP-MIB, which every agent has in common. */
export const ifMib = {
  /** ifNumber. */
  count: '1.3.6.1.2.1.2.1.0',
  /** ifTableLastChange. */
  lastChange: '1.3.6.1.2.1.31.1.5.0',
  description: '1.3.6.1.2.1.2.2.1.2',
  type: '1.3.6.1.2.1.2.2.1.3',
  /** ifSpeed, bits per second: 2^32-1 where it is more. */
  speed: '1.3.6.1.2.1.2.2.1.5',
  adminStatus: '1.3.6.1.2.1.2.2.1.7',
  operStatus: '1.3.6.1.2.1.2.2.1.8',
  inOctets: '1.3.6.1.2.1.2.2.1.10',
  outOctets: '1.3.6.1.2.1.2.2.1.16',
  name: '1.3.6.1.2.1.31.1.1.1.1',
  hcInOctets: '1.3.6.1.2.1.31.1.1.1.6',
  hcOutOctets: '1.3.6.1.2.1.31.1.1.1.10',
  /** ifHighSpeed, Mb/s. */
  highSpeed: '1.3.6.1.2.1.31.1.1.1.15',
  /** ifCounterDiscontinuityTime. */
  discontinuity: '1.3.6.1.2.1.31.1.1.1.19',
  /** ipAdEntIfIndex, indexed by the address itself. */
  addressIfIndex: '1.3.6.1.2.1.4.20.1.2',
} as const;

/** ifType softwareLoopback (IANAifType-MIB). */
export const loopbackType = 24;
