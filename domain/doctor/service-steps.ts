import type { DoctorFacts } from './facts';
import { failed, notAsked, note, ok, step, warning, type DoctorStep, type Finding } from './report';

/** The health page and the TCP port. */
export function servicesStep({ http, tcp, isRecorded }: DoctorFacts): DoctorStep {
  const title = 'Health page and port';
  if (isRecorded) return notAsked('services', title, 'A recorded walk does not show it.');
  if (http.outcome === 'not-asked' && tcp.outcome === 'not-asked')
    return notAsked(
      'services',
      title,
      'The inventory asks for neither a health page (http) nor a port (tcp).',
    );
  const findings: Finding[] = [];
  if (http.outcome === 'unreachable')
    findings.push(
      failed(
        `The health page: ${ended(http.words)}`,
        "Enable the edge's health responder, or correct http.url.",
      ),
    );
  if (http.outcome === 'answered') {
    const { status, bodyBytes, bodyAsExpected } = http.value;
    const words = `The health page answers ${status} with ${bodyBytes} octets after ${Math.round(http.latencyMs)} ms.`;
    if (status !== 200) findings.push(failed(words, 'Anything but 200 means that the edge is not healthy.'));
    else if (bodyAsExpected === false)
      findings.push(
        warning(
          `${words} Its URL asks for another size.`,
          'Something between here and the edge may have answered.',
        ),
      );
    else findings.push(ok(words));
  }
  if (tcp.outcome === 'unreachable')
    findings.push(
      failed(
        `The TCP port: ${ended(tcp.words)}`,
        'Start what listens there, or correct tcp in the inventory.',
      ),
    );
  if (tcp.outcome === 'answered')
    findings.push(ok(`Port ${tcp.value.port} accepts connections (after ${Math.round(tcp.latencyMs)} ms).`));
  return step('services', title, findings);
}

/** An agent does not show where it sends traps. */
export function trapsStep({ reading, engine }: DoctorFacts): DoctorStep {
  const title = 'Traps';
  if (!reading) return notAsked('traps', title, 'The edge was not read by SNMP.');
  const words =
    'An agent does not show where it sends traps, so this cannot be known from here. Traps are optional: they make Heron poll at once.';
  const session = engine
    ? `trapsess -v 3 -e 0x${engine.id} -u USER -l authPriv … HERON:162`
    : 'trap2sink HERON COMMUNITY';
  return step('traps', title, [note(words, `In snmpd.conf: ${session} (docs/traps.md).`)]);
}

function ended(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
