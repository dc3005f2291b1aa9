import type { InterfaceReading } from '../model/reading';
import type { DoctorFacts } from './facts';
import { listed } from './answer-steps';
import { note, notAsked, ok, quoted, step, warning, type DoctorStep, type Finding } from './report';

const title = 'Interfaces';
const maxListed = 12;

/** Which interface is the proxy's and the LB's, how that was decided, and whether their counters move. */
export function interfacesStep(facts: DoctorFacts): DoctorStep {
  const { reading, edge } = facts;
  if (!reading) return notAsked('interfaces', title, 'The edge was not read by SNMP.');
  const { interfaces, interfaceUse } = reading;
  if (interfaces.length === 0) {
    const todo = 'Give the credential a view of the interfaces (see Objects).';
    return step('interfaces', title, [warning('The agent shows no interfaces.', todo)]);
  }
  const names = interfaces
    .slice(0, maxListed)
    .map(({ name, operUp }) => `${quoted(name, 32)} ${stateWords(operUp)}`);
  const more = interfaces.length > maxListed ? ` and ${interfaces.length - maxListed} more` : '';
  const findings = [ok(`${interfaces.length} interfaces: ${names.join(', ')}${more}.`)];
  if (edge.isInCluster === null) {
    findings.push(
      note('Which of them is the proxy and which the load balancer needs the addresses of an inventory.'),
    );
    return step('interfaces', title, findings);
  }
  findings.push(...useFindings(facts, 'proxy', edge.proxyIp, interfaceUse.proxy));
  if (edge.isInCluster)
    findings.push(...useFindings(facts, 'load balancer', edge.lbIp, interfaceUse.loadBalancer));
  return step('interfaces', title, findings);
}

function useFindings(
  facts: DoctorFacts,
  use: string,
  address: string | null,
  index: number | null,
): Finding[] {
  const { agentAddresses, reading } = facts;
  const found = reading?.interfaces.find((one) => one.index === index);
  const known = [...new Set(agentAddresses.map((one) => one.address))];
  const offered =
    known.length === 0
      ? 'the agent shows no addresses'
      : `its addresses are ${known.slice(0, 16).join(', ')}`;
  if (!found) {
    if (address === null) return [note(`The inventory names no address of the ${use}.`)];
    const words = `No interface is known as the ${use}: ${address} is not among those of the agent (${offered}).`;
    return [
      warning(
        words,
        'Correct the address in the inventory; without it the traffic of the edge is not known.',
      ),
    ];
  }
  const byAddress = agentAddresses.some((one) => one.address === address && one.ifIndex === index);
  const how = byAddress
    ? `it has ${address ?? ''}`
    : `by the order of the vendor's interfaces, because ${offered}`;
  const bits = found.inOctets === null ? 'no counters' : `${found.counterBits}-bit counters`;
  const words = `${quoted(found.name, 32)} is the ${use}'s: ${how}; it is ${stateWords(found.operUp)}, with ${bits}.`;
  const findings = [
    found.operUp === false
      ? warning(words, 'Look at its link, or at the configuration of the host.')
      : ok(words),
  ];
  if (found.inOctets !== null && found.counterBits === 32)
    findings.push(
      note(
        `The counters of ${quoted(found.name, 32)} have 32 bits: at 1 Gb/s they wrap every 34 s, and above that rates are not certain.`,
      ),
    );
  return [...findings, ...movement(facts, found)];
}

function movement({ later }: DoctorFacts, before: InterfaceReading): Finding[] {
  const after = later?.reading.interfaces.find(
    (one) => one.index === before.index && one.name === before.name,
  );
  if (!later || !after || before.inOctets === null || after.inOctets === null) return [];
  const seconds = Math.max(1, Math.round(later.elapsedMs / 1000));
  const name = quoted(before.name, 32);
  const added = [
    ['received', before.inOctets, after.inOctets] as const,
    ['sent', before.outOctets, after.outOctets] as const,
  ].flatMap(([what, from, to]) =>
    from === null || to === null || to <= from ? [] : [`${to - from} octets ${what}`],
  );
  if (added.length > 0) return [ok(`The counters of ${name} move: ${listed(added)} in ${seconds} s.`)];
  if (after.inOctets < before.inOctets)
    return [note(`The counters of ${name} fell within ${seconds} s: they wrapped or were reset.`)];
  return [
    note(
      `The counters of ${name} stood still for ${seconds} s: no traffic, or frozen.`,
      'If the interface carries traffic, look at the counters on the host.',
    ),
  ];
}

function stateWords(isUp: boolean | null): string {
  return isUp === null ? 'of unknown state' : isUp ? 'up' : 'down';
}
