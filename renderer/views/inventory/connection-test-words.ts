import { roleWords, witnessWords } from '../../../domain/words/roles';
import { plural } from '../../../domain/words/amount';
import { duration } from '../../../domain/words/duration';
import type { TryResult } from '../../../domain/contract/inventory-contract';
import type { Health } from '../../../domain/model/health';

/** One line of a test result. `health` selects the mark: up, down, or disabled for parts not offered. */
export interface TestLine {
  health: Extract<Health, 'up' | 'down' | 'disabled' | 'degraded'>;
  fact: string;
  detail: string;
  latencyMs: number | null;
}

/** What one edge answered in all, with the result of each protocol. */
export interface TestOutcome {
  /** `up`: everything polled answers; `degraded`: some of it; `down`: nothing. */
  health: Extract<Health, 'up' | 'degraded' | 'down'>;
  /** After the edge's name: "answers", "answers SNMP, its health page answers HTTP 404". */
  headline: string;
  lines: TestLine[];
}

/** The result of a connection test in words, SNMP apart from HTTP and TCP. */
export function testOutcome(result: TryResult): TestOutcome {
  const lines = [...snmpLines(result.snmp), ...httpLines(result.http), ...tcpLines(result.tcp)];
  const { snmp, http, tcp } = result;
  const parts = [
    ...(snmp.outcome === 'not-asked'
      ? []
      : [{ name: 'SNMP', well: snmp.outcome === 'answered', else: 'SNMP does not' }]),
    ...(http.outcome === 'not-asked' ? [] : [{ name: 'HTTP', well: isWell(http), else: httpElse(http) }]),
    ...(tcp.outcome === 'not-asked'
      ? []
      : [{ name: 'TCP', well: tcp.outcome === 'answered', else: 'the TCP port does not' }]),
  ];
  const [well, rest] = [parts.filter((part) => part.well), parts.filter((part) => !part.well)];
  const reached = well.length > 0 || http.outcome === 'answered';
  if (parts.length === 0) return { health: 'degraded', headline: 'is not polled', lines };
  if (rest.length === 0) return { health: 'up', headline: 'answers', lines };
  if (!reached) return { health: 'down', headline: 'does not answer', lines };
  const answers = well.length === 0 ? '' : `answers ${well.map(({ name }) => name).join(' and ')}`;
  const others = rest.map((part) => part.else).join(', ');
  return {
    health: 'degraded',
    headline: answers === '' ? `answers in part: ${others}` : `${answers}, ${others}`,
    lines,
  };
}

type Http = TryResult['http'];

function isWell(http: Http): boolean {
  return http.outcome === 'answered' && http.status === 200 && http.asExpected !== false;
}

function httpElse(http: Http): string {
  return http.outcome === 'answered'
    ? `the health page answers HTTP ${http.status}`
    : 'the health page does not';
}

function snmpLines(snmp: TryResult['snmp']): TestLine[] {
  if (snmp.outcome === 'not-asked') return [notAsked('SNMP is not polled')];
  if (snmp.outcome === 'failed') return [failed('SNMP failed', snmp.words, snmp.latencyMs)];
  const name = snmp.systemName ?? 'No system name';
  const uptime = snmp.uptimeMs === null ? 'uptime unknown' : `up for ${duration(snmp.uptimeMs)}`;
  const engine = snmp.engine === null ? 'SNMPv2c' : `SNMPv3 engine ${snmp.engine}`;
  const up = snmp.interfaces.map(({ name: port, use, up: works }) => {
    const word = works === null ? '' : works ? '' : ', down';
    return `${port}${use === null ? '' : ` (${use}${word})`}`;
  });
  return [
    { health: 'up', fact: `${name}, ${uptime}`, detail: engine, latencyMs: snmp.latencyMs },
    ...roleLines(snmp.roles),
    {
      health: up.length > 0 ? 'up' : 'disabled',
      fact: up.length > 0 ? `${up.length} interfaces found` : 'No interfaces found',
      detail: up.slice(0, 6).join(', '),
      latencyMs: null,
    },
    ...snmp.unreadable.map((words): TestLine => ({
      health: 'degraded',
      fact: 'Not readable',
      detail: words,
      latencyMs: null,
    })),
  ];
}

function roleLines(roles: Extract<TryResult['snmp'], { outcome: 'answered' }>['roles']): TestLine[] {
  const known = roles.filter(({ role }) => role !== 'unknown' && role !== 'not-applicable');
  if (known.length === 0) {
    const detail = 'No source reports it. In a cluster, the role is inferred from traffic.';
    return [{ health: 'disabled', fact: 'LB role unknown', detail, latencyMs: null }];
  }
  return known.map(({ witness, role, vhid, advskew }) => ({
    health: 'up',
    fact: `LB role: ${roleWords[role]}${vhid === null ? '' : `, VHID ${vhid}`}`,
    detail: `${witnessWords[witness]}${advskew === null ? '' : `, advskew ${advskew}`}`,
    latencyMs: null,
  }));
}

function httpLines(http: TryResult['http']): TestLine[] {
  if (http.outcome === 'not-asked') return [notAsked('The health page is not polled')];
  if (http.outcome === 'failed') return [failed('The health page failed', http.words, http.latencyMs)];
  const well = isWell(http);
  const asked = http.asExpected === null ? '' : http.asExpected ? ' as expected' : ', unexpected length';
  return [
    {
      health: well ? 'up' : 'degraded',
      fact: `Proxy answers HTTP ${http.status}`,
      detail: `${http.bodyBytes} bytes${asked}`,
      latencyMs: http.latencyMs,
    },
  ];
}

function tcpLines(tcp: TryResult['tcp']): TestLine[] {
  if (tcp.outcome === 'not-asked') return [];
  if (tcp.outcome === 'failed') return [failed('The TCP port failed', tcp.words, tcp.latencyMs)];
  return [{ health: 'up', fact: 'The TCP port accepts connections', detail: '', latencyMs: tcp.latencyMs }];
}

function notAsked(fact: string): TestLine {
  return { health: 'disabled', fact, detail: '', latencyMs: null };
}

function failed(fact: string, detail: string, latencyMs: number): TestLine {
  return { health: 'down', fact, detail, latencyMs };
}

/** The line beside the button that saves: a test that failed does not prevent saving. */
export function readyWords(dirty: boolean, unwell: number): string {
  if (!dirty) return 'No changes yet.';
  return unwell === 0 ? 'Ready.' : `Ready, but ${plural(unwell, 'edge')} did not answer fully.`;
}
