/** BER tags that SNMP uses (RFC 3417 section 8, RFC 2578 section 7.1, RFC 3416 section 3). */
export const tag = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  ipAddress: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  counter64: 0x46,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
  getRequest: 0xa0,
  getNextRequest: 0xa1,
  response: 0xa2,
  setRequest: 0xa3,
  getBulkRequest: 0xa5,
  trap: 0xa7,
  report: 0xa8,
} as const;

/** Types of the demo's objects. */
export type ValueTag =
  | typeof tag.integer
  | typeof tag.octetString
  | typeof tag.oid
  | typeof tag.ipAddress
  | typeof tag.counter32
  | typeof tag.gauge32
  | typeof tag.timeTicks
  | typeof tag.counter64;

/** Exceptions in place of a value (RFC 3416 section 2.5). */
export type ExceptionTag = typeof tag.noSuchObject | typeof tag.noSuchInstance | typeof tag.endOfMibView;
