import { networkInterfaces } from 'node:os';
import { canonicalAddress } from '../../domain/inventory/host-address';
import type { UnreachableCode } from '../../domain/model/reading';
import type { AddressResolver } from '../names/address-resolver';
import { SnmpFailure } from './client/failure';

interface Choice {
  host: string;
  address: string;
  hasAnswered: boolean;
  failures: number;
}

/** Failures in a row before the next address of a name is tried where this one has answered: packets get lost. */
const failuresToMove = 2;
const silence: ReadonlySet<UnreachableCode> = new Set(['timeout', 'refused', 'no-route']);

/** Which of a name's addresses each edge is asked at: the same one as long as it answers, otherwise the next. */
export class AddressChoice {
  private readonly choices = new Map<string, Choice>();

  constructor(private readonly names: AddressResolver) {}

  /** The address of an edge's host, in canonical form. A name that was never looked up is waited for, within bounds. @throws SnmpFailure */
  async choose(edgeId: string, host: string, deadlineMs: number): Promise<string> {
    const literal = canonicalAddress(host);
    if (literal !== null) return withZoneName(literal);
    const known = await this.names.first(host, deadlineMs / 2);
    if (known.addresses === null) throw withoutAddress(host, known.words);
    const { addresses } = known;
    const choice = this.choices.get(edgeId);
    if (choice?.host === host && addresses.includes(choice.address)) {
      if (choice.failures < (choice.hasAnswered ? failuresToMove : 1)) return choice.address;
      const next = addresses[(addresses.indexOf(choice.address) + 1) % addresses.length] ?? choice.address;
      Object.assign(choice, { address: next, failures: 0, hasAnswered: false });
      return next;
    }
    const [address = ''] = addresses;
    this.choices.set(edgeId, { host, address, hasAnswered: false, failures: 0 });
    return address;
  }

  answered(edgeId: string): void {
    const choice = this.choices.get(edgeId);
    if (choice) Object.assign(choice, { hasAnswered: true, failures: 0 });
  }

  failed(edgeId: string, code: UnreachableCode): void {
    const choice = this.choices.get(edgeId);
    if (!choice || !silence.has(code)) return;
    choice.failures += 1;
    this.names.doubt(choice.host);
  }

  forget(edgeId: string): void {
    this.choices.delete(edgeId);
  }
}

/** Why a name has no address; `words` null: it is still being looked up. */
function withoutAddress(host: string, words: string | null): SnmpFailure {
  if (words === null) return new SnmpFailure('looking-up', `the name "${host}" is being looked up`);
  return new SnmpFailure('no-address', `the name "${host}" cannot be resolved: ${words}`);
}

/** A link-local address with its zone's name, as packets from there have it, where it was written with the zone's number. */
function withZoneName(address: string): string {
  const [plain = '', zone = ''] = address.split('%');
  if (!/^\d+$/.test(zone) || process.platform === 'win32') return address;
  for (const [name, addresses = []] of Object.entries(networkInterfaces()))
    if (addresses.some((one) => one.family === 'IPv6' && one.scopeid === Number(zone)))
      return `${plain}%${name}`;
  return address;
}
