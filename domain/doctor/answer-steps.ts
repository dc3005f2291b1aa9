import type { AnswerFacts, DoctorFacts, ObjectKey } from './facts';
import { failed, note, notAsked, ok, step, warning, type DoctorStep, type Finding } from './report';
import { thresholds } from '../model/thresholds';

const notAnswered = 'The agent accepted no request.';

export function answersStep({ answers, isRecorded }: DoctorFacts): DoctorStep {
  const title = 'Answers';
  if (isRecorded) return notAsked('answers', title, 'A recorded walk does not show it.');
  if (!answers) return notAsked('answers', title, notAnswered);
  return step('answers', title, [
    ...timeFindings(answers),
    ...bulkFindings(answers),
    ...sizeFindings(answers),
  ]);
}

function timeFindings({ asked, answered, medianMs, slowestMs }: AnswerFacts): Finding[] {
  const findings: Finding[] = [];
  if (answered < asked) {
    const words = `${answered} of ${asked} requests were answered in time.`;
    findings.push(
      warning(
        words,
        'Look for packet loss on the path, or a host with too much to do. Heron repeats what is lost.',
      ),
    );
  }
  if (medianMs === null || slowestMs === null) return findings;
  const words = `An answer takes ${tenths(medianMs)} ms (median of ${answered}), ${tenths(slowestMs)} ms at most.`;
  const isSlow = medianMs >= thresholds.slowAnswerMs;
  findings.push(
    isSlow
      ? warning(
          words,
          'Heron waits as long as answers need, but sees every change later by that. Look at the path and the load of the host.',
        )
      : ok(words),
  );
  return findings;
}

function bulkFindings({ bulk, bulkWords }: AnswerFacts): Finding[] {
  if (bulk === 'works') return [ok('GETBULK works.')];
  const what =
    bulk === 'refused' ? `The agent refuses GETBULK: ${bulkWords}.` : 'The agent does not answer GETBULK.';
  return [
    warning(
      what,
      'Nothing must be done: Heron uses GETNEXT instead, which needs more packets. A newer agent may help.',
    ),
  ];
}

function sizeFindings({ bulk, largestOctets, lostAboveOctets }: AnswerFacts): Finding[] {
  if (bulk !== 'works' || largestOctets === null) return [];
  if (lostAboveOctets === null) return [ok(`Answers with ${largestOctets} octets of values come through.`)];
  return [
    warning(
      `Answers with ${largestOctets} octets of values come through, those with about ${lostAboveOctets} get lost.`,
      'Look for a firewall that drops fragments, or a smaller MTU on the path. Heron asks for less at a time, which takes longer.',
    ),
  ];
}

/** What each group of objects is for. */
const uses: Readonly<Record<ObjectKey, string>> = {
  system: 'the system group (name, description, uptime)',
  interfaces: 'the interface table (IF-MIB)',
  'counters-64': '64-bit interface counters (ifXTable)',
  addresses: 'the addresses of interfaces (ipAddrTable)',
  host: "the host's uptime (HOST-RESOURCES-MIB)",
  tcp: 'the number of TCP connections (TCP-MIB)',
  cpu: 'CPU and memory (UCD-SNMP-MIB)',
  watched: 'watched processes, disks and load (UCD-SNMP-MIB)',
  vendor: "the vendor's objects (VSE-MIB)",
  'carp-extend': 'the text of extend "carp" (NET-SNMP-EXTEND-MIB)',
  'carp-mib': 'CARP states (OPENBSD-CARP-MIB)',
  'keepalived-mib': 'VRRP states (KEEPALIVED-MIB)',
};

/** What Heron cannot show without a group of objects; null: another one does the same. */
const losses: Readonly<Record<ObjectKey, string | null>> = {
  system: 'restarts of the agent',
  interfaces: 'throughput, shares and interfaces',
  'counters-64': null,
  addresses: null,
  host: 'restarts of the host',
  tcp: 'the number of sessions',
  cpu: 'CPU load and swap',
  watched: null,
  vendor: null,
  'carp-extend': null,
  'carp-mib': null,
  'keepalived-mib': null,
};

export function objectsStep(facts: DoctorFacts): DoctorStep {
  const title = 'Objects';
  const { objects } = facts;
  if (!objects) return notAsked('objects', title, notAnswered);
  const of = (outcome: string) => objects.filter((one) => one.outcome === outcome);
  const present = of('present');
  const findings: Finding[] = [ok(`The agent is ${deviceWords(facts)}.`)];
  if (present.length > 0) findings.push(ok(`It offers ${listed(present.map(({ key }) => uses[key]))}.`));
  if (isViewTooNarrow(facts)) findings.push(narrowView(present.length));
  else {
    const absent = of('absent').map(({ key }) => uses[key]);
    if (absent.length > 0) findings.push(note(`It does not offer ${listed(absent)}.`));
  }
  for (const { key, words } of of('hangs')) {
    const what = `The agent hangs at ${uses[key]}, although it answers others${words === '' ? '' : `: ${words}`}.`;
    findings.push(warning(what, 'Restart its sub-agent. Until then Heron asks for the rest without it.'));
  }
  for (const { key, words } of of('refused')) {
    const what = `The agent answers an error for ${uses[key]}: ${words}.`;
    findings.push(warning(what, 'Read the log of the agent. Heron asks for the rest without it.'));
  }
  if (facts.readingWords !== null)
    findings.push(failed(`A full poll failed: ${facts.readingWords}.`, 'See the steps above.'));
  for (const words of (facts.reading?.unreadable ?? []).slice(0, 8)) findings.push(note(`Odd: ${words}.`));
  return step('objects', title, findings);
}

function narrowView(present: number): Finding {
  const words =
    present === 0
      ? 'The credential is accepted, but the agent shows it nothing at all: its view (VACM) is too narrow.'
      : 'The agent shows this credential the system group and nothing of the interfaces, as Debian\'s default view "systemonly" does: its view (VACM) is too narrow.';
  return failed(words, 'Give it a view of everything (see below).');
}

/** Every agent has the system group (RFC 3418), and every agent of a host interfaces: without them the view is too narrow. */
export function isViewTooNarrow({ objects, credential, isRecorded }: DoctorFacts): boolean {
  if (isRecorded) return false;
  if (credential?.fullProbe.outcome === 'not-authorized') return true;
  if (!objects) return false;
  const isAbsent = (key: ObjectKey) => objects.find((one) => one.key === key)?.outcome === 'absent';
  return isAbsent('interfaces') && (isAbsent('system') || isAbsent('tcp'));
}

/** What Heron cannot show of this edge. */
export function missingFeatures({ objects }: DoctorFacts): string[] {
  return (objects ?? []).flatMap(({ key, outcome }) => {
    const loss = losses[key];
    if (outcome === 'present' || loss === null) return [];
    const why =
      outcome === 'absent' ? 'is not offered' : outcome === 'hangs' ? 'is not answered' : 'is refused';
    return [`${loss}: ${uses[key]} ${why}`];
  });
}

export type System = 'linux' | 'freebsd' | 'openbsd' | 'unknown';

/** The operating system, by sysObjectID (NET-SNMP-TC) or the description. */
export function systemOf({ objectId, reading }: DoctorFacts): System {
  if (objectId === '1.3.6.1.4.1.8072.3.2.10') return 'linux';
  if (objectId === '1.3.6.1.4.1.8072.3.2.8') return 'freebsd';
  const text = reading?.description ?? '';
  if (/^OpenBSD/i.test(text) || objectId?.startsWith('1.3.6.1.4.1.30155.')) return 'openbsd';
  return /^Linux/i.test(text) ? 'linux' : /^(FreeBSD|pfSense|OPNsense)/i.test(text) ? 'freebsd' : 'unknown';
}

function deviceWords(facts: DoctorFacts): string {
  const has = (key: ObjectKey) => facts.objects?.some((one) => one.key === key && one.outcome === 'present');
  const system = { linux: ' on Linux', freebsd: ' on FreeBSD', openbsd: ' on OpenBSD', unknown: '' }[
    systemOf(facts)
  ];
  const kind = has('vendor')
    ? "the vendor's edge"
    : has('keepalived-mib')
      ? 'keepalived behind net-snmp'
      : has('carp-mib')
        ? 'an agent with OPENBSD-CARP-MIB'
        : has('cpu') || facts.objectId?.startsWith('1.3.6.1.4.1.8072.')
          ? 'net-snmp'
          : 'a device that Heron does not know';
  return `${kind}${system}`;
}

export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

function tenths(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
}
