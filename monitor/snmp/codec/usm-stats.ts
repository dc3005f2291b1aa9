/** usmStats (RFC 3414 section 5). */
const usmStats = '1.3.6.1.6.3.15.1.1';

/** The counters that reports name. */
export const usmStatsOid = {
  unsupportedLevel: `${usmStats}.1.0`,
  notInTimeWindow: `${usmStats}.2.0`,
  unknownUser: `${usmStats}.3.0`,
  unknownEngine: `${usmStats}.4.0`,
  wrongDigest: `${usmStats}.5.0`,
  decryption: `${usmStats}.6.0`,
} as const;
