import { engineIdWords } from './engine-id';
import type { DoctorFacts, ReachFacts } from './facts';
import { failed, note, notAsked, ok, step, warning, type DoctorStep, type Finding } from './report';

/** An engine's clock has whole seconds, and a discovery takes its time. */
const clockToleranceMs = 2_000;

const notRecorded = 'A recorded walk does not show it.';

export function nameStep({ name, isRecorded }: DoctorFacts): DoctorStep {
  const title = 'Address';
  if (isRecorded) return notAsked('name', title, notRecorded);
  if (!name) return notAsked('name', title, 'SNMP is not configured for this edge.');
  if (name.used === null) {
    const words = `The name "${name.host}" cannot be resolved${name.words ? `: ${name.words}` : ''}.`;
    return step('name', title, [
      failed(words, 'Correct the name, or write the address in the inventory (snmp.host).'),
    ]);
  }
  if (name.isAddress) return step('name', title, [ok(`${name.used} is an address; no name is looked up.`)]);
  const others = name.addresses.filter((address) => address !== name.used);
  const also = others.length > 0 ? ` It also has ${others.join(', ')}.` : '';
  return step('name', title, [ok(`The name "${name.host}" is ${name.used}, which is used.${also}`)]);
}

export function reachStep(facts: DoctorFacts): DoctorStep {
  const title = 'Reachable';
  const { reach, name, isRecorded } = facts;
  if (isRecorded) return notAsked('reach', title, notRecorded);
  if (!reach)
    return notAsked(
      'reach',
      title,
      name ? 'There is no address to ask.' : 'SNMP is not configured for this edge.',
    );
  return step('reach', title, [...reachFindings(reach, facts), ...pathFindings(reach)]);
}

function reachFindings(reach: ReachFacts, { name, credential, reading }: DoctorFacts): Finding[] {
  const where = `UDP port ${reach.port} of ${name?.used ?? 'the edge'}`;
  if (reach.outcome === 'answers') {
    const took = reach.latencyMs === null ? '' : ` after ${Math.max(1, Math.round(reach.latencyMs))} ms`;
    return [ok(`${where} answers an SNMPv3 discovery${took}.`)];
  }
  if (reach.outcome === 'refused') {
    return [
      failed(
        `${where} is closed: the host answers "port unreachable" (ICMP).`,
        'Start the agent there, let it listen on this address (net-snmp on Debian listens on loopback only by default), or correct the port.',
      ),
    ];
  }
  if (reach.outcome === 'failed')
    return [
      failed(`${where} cannot be reached: ${reach.words}.`, "Check this computer's network and the address."),
    ];
  if (reading || credential?.fullProbe.outcome === 'accepted')
    return [note(`${where} does not answer an SNMPv3 discovery, but SNMPv2c: its agent has no SNMPv3.`)];
  return [
    failed(
      `${where} is silent: neither an answer nor a refusal came.`,
      'Check that the host is up, that a firewall lets UDP through both ways, and that the agent accepts this computer as a source.',
    ),
  ];
}

function pathFindings({ localAddress, localInterface }: ReachFacts): Finding[] {
  if (localAddress === null) return [];
  const through = localInterface === null ? '' : ` (${localInterface})`;
  return [
    note(
      `Requests leave this computer from ${localAddress}${through}: a firewall or an access list must let this address in.`,
    ),
  ];
}

export function engineStep(facts: DoctorFacts): DoctorStep {
  const title = 'SNMPv3 engine';
  const { engine, credential, isRecorded, reach } = facts;
  if (isRecorded) return notAsked('engine', title, notRecorded);
  if (!engine) {
    const why =
      reach?.outcome === 'silent' && credential?.version === '2c'
        ? 'The agent has no SNMPv3 engine that answers.'
        : 'The agent did not answer.';
    return notAsked('engine', title, why);
  }
  const findings = [
    ok(`Engine ID 0x${engine.id}, ${engineIdWords(engine.id)}.`),
    ok(
      `engineBoots is ${engine.boots}, engineTime ${engine.timeSeconds} s: the agent was started so often, and so long ago.`,
    ),
    ...clockFindings(engine),
  ];
  if (engine.sharedWith.length > 0) {
    findings.push(
      warning(
        `The same engine ID as ${engine.sharedWith.join(', ')}: probably cloned from one image. Traps of the one can be refused as replays of the other.`,
        'On each clone stop snmpd, delete oldEngineID and the usmUser lines from its persistent file (Debian: /var/lib/snmp/snmpd.conf), create the users again, and start it.',
      ),
    );
  }
  return step('engine', title, findings);
}

function clockFindings({ boots, timeSeconds, later }: NonNullable<DoctorFacts['engine']>): Finding[] {
  const findings: Finding[] = [];
  if (boots >= 2 ** 31 - 1) {
    findings.push(
      failed(
        'engineBoots has reached its maximum: the agent refuses every signed request (RFC 3414 section 2.2.2).',
        'Stop the agent, set another engine ID or lower engineBoots in its persistent file, create its users again, and start it.',
      ),
    );
  }
  if (!later) return findings;
  if (later.boots !== boots) {
    findings.push(warning('It was restarted while Heron examined it.', 'Run heron doctor again.'));
    return findings;
  }
  const driftMs = (later.timeSeconds - timeSeconds) * 1000 - later.elapsedMs;
  if (Math.abs(driftMs) <= clockToleranceMs)
    return [
      ...findings,
      ok(`Its clock runs like this computer's (over ${Math.round(later.elapsedMs / 1000)} s).`),
    ];
  const words = `Its clock moved by ${later.timeSeconds - timeSeconds} s in ${Math.round(later.elapsedMs / 1000)} s: it jumps or does not run.`;
  return [
    ...findings,
    warning(words, 'Check the time source of the host; SNMPv3 needs an engine clock that runs evenly.'),
  ];
}
