import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { maxEngineBoots, timeWindowSeconds } from '../snmp/client/engine-clock';

/** 2020-01-01 UTC: snmpEngineBoots counts seconds since then, so that it grows with every start and needs no file. */
const bootsEpochMs = Date.UTC(2020, 0, 1);
/** RFC 3411 SnmpEngineID: first bit set, enterprise 47491 (the net-snmp package, whose format this is), octets. */
const engineIdPrefix = Buffer.from('8000b98380', 'hex');
const engineIdOctets = 12;

/**
 * Heron's own SNMP engine, authoritative for the informs it receives (RFC 3414 section 1.5.1). Its ID is the same at every
 * start on the same machine and port; its boots grow from start to start as long as the machine's clock does not go back.
 */
export class LocalEngine {
  readonly engineId: Buffer;
  readonly boots: number;

  constructor(
    seed: string,
    nowMs: number,
    private readonly startedMonotonicMs: number,
  ) {
    const hash = createHash('sha256').update('heron trap receiver\n').update(seed).digest();
    this.engineId = Buffer.concat([engineIdPrefix, hash.subarray(0, engineIdOctets)]);
    this.boots = Math.min(maxEngineBoots - 1, Math.max(1, Math.floor((nowMs - bootsEpochMs) / 1000)));
  }

  /** snmpEngineTime: seconds since the start. */
  time(monotonicMs: number): number {
    return Math.max(0, Math.floor((monotonicMs - this.startedMonotonicMs) / 1000));
  }

  /** Whether a message to this engine is timely (RFC 3414 section 3.2 step 7a). */
  isTimely(boots: number, time: number, monotonicMs: number): boolean {
    return boots === this.boots && Math.abs(time - this.time(monotonicMs)) <= timeWindowSeconds;
  }
}

/** Identifies this machine in the engine ID. Goes into a hash and nowhere else. */
export function machineSeed(port: number): string {
  return [hostname(), machineId(), String(port)].join('\n');
}

function machineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim();
  } catch {
    // Only Linux has it; elsewhere the host's name must do.
    return '';
  }
}
