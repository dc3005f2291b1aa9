import { canonicalAddress } from '../inventory/host-address';
import type { InterfaceReading, SnmpReading, SourceResult } from '../model/reading';
import type { RoleWitness } from '../model/role';
import type { Pseudonyms } from '../redaction/pseudonyms';
import { leftOutMark } from './engine-id';
import type { CredentialFacts, DoctorFacts, EngineFacts, ProbeResult } from './facts';

/** Names that operating systems give their interfaces. */
const usualInterface =
  /^(?:lo|eth|en[opsx]|ens|em|igb|ix|ixl|vmx|vtnet|vio|re|bge|bond|lagg|carp|vlan|br|veth)\d{0,4}$/i;
const systems = /^(?:Linux|FreeBSD|OpenBSD|pfSense|OPNsense)/i;
/** Octets of an engine ID that name its maker and its form, as hexadecimal digits. */
const engineHeadDigits = 10;

/** The same facts without names and addresses: the same thing has the same pseudonym everywhere. */
export function redactFacts(facts: DoctorFacts, names: Pseudonyms): DoctorFacts {
  const { edge, name, reach, engine, credential, later } = facts;
  const address = (text: string | null) => (text === null ? null : names.text(text));
  const text = (words: string | null) => (words === null ? null : names.text(words));
  const host = (one: string) => (canonicalAddress(one) === null ? names.other('host', one) : names.text(one));
  return {
    ...facts,
    edge: {
      ...edge,
      name: names.text(edge.name),
      ...{ proxyIp: address(edge.proxyIp), lbIp: address(edge.lbIp) },
      ...{ managementIp: address(edge.managementIp), clusterIp: address(edge.clusterIp) },
    },
    name: name && {
      ...name,
      ...{ host: host(name.host), addresses: name.addresses.map((one) => names.text(one)) },
      ...{ used: address(name.used), words: text(name.words) },
    },
    reach: reach && {
      ...reach,
      words: names.text(reach.words),
      localAddress: address(reach.localAddress),
      localInterface: reach.localInterface && interfaceName(reach.localInterface, names),
    },
    engine: engine && redactEngine(engine, names),
    credential: credential && redactCredential(credential, names),
    answers: facts.answers && { ...facts.answers, bulkWords: names.text(facts.answers.bulkWords) },
    objects: facts.objects?.map((one) => ({ ...one, words: names.text(one.words) })) ?? null,
    reading: facts.reading && redactReading(facts.reading, names),
    readingWords: text(facts.readingWords),
    later: later && { ...later, reading: redactReading(later.reading, names) },
    agentAddresses: facts.agentAddresses.map((one) => ({ ...one, address: names.text(one.address) })),
    http: redactResult(facts.http, names, (value) => ({
      ...value,
      roles: value.roles.map((one) => witness(one, names)),
    })),
    tcp: redactResult(facts.tcp, names, (value) => ({ ...value, host: host(value.host) })),
  };
}

function redactEngine(engine: EngineFacts, names: Pseudonyms): EngineFacts {
  return {
    ...engine,
    id: `${engine.id.slice(0, engineHeadDigits)}${leftOutMark}`,
    sharedWith: engine.sharedWith.map((one) => names.text(one)),
  };
}

function redactCredential(facts: CredentialFacts, names: Pseudonyms): CredentialFacts {
  const probe = (one: ProbeResult): ProbeResult => ({ ...one, words: names.text(one.words) });
  return {
    ...facts,
    name: names.other('credential', facts.name),
    user: facts.user === null ? null : names.other('user', facts.user),
    unusable: facts.unusable === null ? null : names.text(facts.unusable),
    ...{
      userProbe: probe(facts.userProbe),
      authProbe: probe(facts.authProbe),
      fullProbe: probe(facts.fullProbe),
    },
  };
}

function redactReading(reading: SnmpReading, names: Pseudonyms): SnmpReading {
  return {
    ...reading,
    reportedName: null,
    description: systems.exec(reading.description ?? '')?.[0] ?? null,
    watched: [],
    interfaces: reading.interfaces.map((one): InterfaceReading => ({
      ...one,
      name: interfaceName(one.name, names),
    })),
    roles: reading.roles.map((one) => witness(one, names)),
    ...(reading.unreadable && { unreadable: reading.unreadable.map((words) => names.text(words)) }),
    ...(reading.unanswered && {
      unanswered: reading.unanswered.map((part) => ({ ...part, words: names.text(part.words) })),
    }),
  };
}

function witness(one: RoleWitness, names: Pseudonyms): RoleWitness {
  return {
    ...one,
    said: names.text(one.said),
    ...(one.label !== undefined && { label: interfaceName(one.label, names) }),
    ...(one.virtualIps !== undefined && {
      virtualIps: one.virtualIps
        .split(' ')
        .map((address) => names.text(address))
        .join(' '),
    }),
  };
}

function interfaceName(name: string, names: Pseudonyms): string {
  return usualInterface.test(name) ? name : names.other('interface', name);
}

function redactResult<T>(
  result: SourceResult<T>,
  names: Pseudonyms,
  redact: (value: T) => T,
): SourceResult<T> {
  if (result.outcome === 'answered') return { ...result, value: redact(result.value) };
  if (result.outcome === 'unreachable') return { ...result, words: names.text(result.words) };
  return result;
}
