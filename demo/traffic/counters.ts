/** One interface's counters since it came up. Fractions are retained and cut off when read. */
export class InterfaceCounters {
  inOctets = 0;
  outOctets = 0;
  inPackets = 0;
  outPackets = 0;

  /** Counts octets that came in as packets of a size. */
  receive(octets: number, octetsPerPacket: number): void {
    this.inOctets += octets;
    this.inPackets += octets / octetsPerPacket;
  }

  /** Counts octets that went out as packets of a size. */
  send(octets: number, octetsPerPacket: number): void {
    this.outOctets += octets;
    this.outPackets += octets / octetsPerPacket;
  }

  /** A restart: counters begin at zero again. */
  reset(): void {
    this.inOctets = 0;
    this.outOctets = 0;
    this.inPackets = 0;
    this.outPackets = 0;
  }
}

/** A 64-bit counter as ifHC* shows it. */
export function counter64(value: number): bigint {
  return BigInt.asUintN(64, BigInt(Math.floor(value)));
}

/** The same counter as its 32-bit view shows it: modulo 2^32 (RFC 2863 section 3.1.6). */
export function counter32(value: number): number {
  return Math.floor(value) % 0x1_0000_0000;
}
