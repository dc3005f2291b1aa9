import { roleWords, witnessWords } from '../../../domain/words/roles';
import { duration } from '../../../domain/words/duration';
import type { TryResult } from '../../../domain/contract/inventory-contract';
import type { Health } from '../../../domain/model/health';

/** One line of what an edge answered. `health` picks the mark: up, down, or disabled for what was not offered. */
export interface TryLine {
  health: Extract<Health, 'up' | 'down' | 'disabled' | 'degraded'>;
  fact: string;
  detail: string;
  latencyMs: number | null;
}

/** Whether it answered in any way, and what each way brought, consequence first. */
export function tryLines(result: TryResult): { answers: boolean; lines: TryLine[] } {
  const lines = [...snmpLines(result.snmp), ...httpLines(result.http), ...tcpLines(result.tcp)];
  return { answers: lines.some(({ health }) => health === 'up'), lines };
}

function snmpLines(snmp: TryResult['snmp']): TryLine[] {
  if (snmp.outcome === 'not-asked') return [notAsked('SNMP is not asked')];
  if (snmp.outcome === 'failed') return [failed('SNMP failed', snmp.words, snmp.latencyMs)];
  const name = snmp.systemName ?? 'It tells no name';
  const uptime = snmp.uptimeMs === null ? 'uptime not told' : `up for ${duration(snmp.uptimeMs)}`;
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
      fact: up.length > 0 ? `${up.length} interfaces found` : 'No interface found',
      detail: up.slice(0, 6).join(', '),
      latencyMs: null,
    },
    ...snmp.unreadable.map((words): TryLine => ({
      health: 'degraded',
      fact: 'Not readable',
      detail: words,
      latencyMs: null,
    })),
  ];
}

function roleLines(roles: Extract<TryResult['snmp'], { outcome: 'answered' }>['roles']): TryLine[] {
  const told = roles.filter(({ role }) => role !== 'unknown' && role !== 'not-applicable');
  if (told.length === 0) {
    const detail = 'No witness speaks here. In a cluster, traffic becomes the witness of the role.';
    return [{ health: 'disabled', fact: 'LB role not told', detail, latencyMs: null }];
  }
  return told.map(({ witness, role, vhid, advskew }) => ({
    health: 'up',
    fact: `LB role: ${roleWords[role]}${vhid === null ? '' : `, VHID ${vhid}`}`,
    detail: `${witnessWords[witness]}${advskew === null ? '' : `, advskew ${advskew}`}`,
    latencyMs: null,
  }));
}

function httpLines(http: TryResult['http']): TryLine[] {
  if (http.outcome === 'not-asked') return [notAsked('The health page is not asked')];
  if (http.outcome === 'failed') return [failed('The health page failed', http.words, http.latencyMs)];
  const well = http.status === 200 && http.asExpected !== false;
  const asked = http.asExpected === null ? '' : http.asExpected ? ' as asked' : ', another length than asked';
  return [
    {
      health: well ? 'up' : 'degraded',
      fact: `Proxy answers HTTP ${http.status}`,
      detail: `${http.bodyBytes} bytes${asked}`,
      latencyMs: http.latencyMs,
    },
  ];
}

function tcpLines(tcp: TryResult['tcp']): TryLine[] {
  if (tcp.outcome === 'not-asked') return [];
  if (tcp.outcome === 'failed') return [failed('The TCP port failed', tcp.words, tcp.latencyMs)];
  return [{ health: 'up', fact: 'The TCP port accepts connections', detail: '', latencyMs: tcp.latencyMs }];
}

function notAsked(fact: string): TryLine {
  return { health: 'disabled', fact, detail: '', latencyMs: null };
}

function failed(fact: string, detail: string, latencyMs: number): TryLine {
  return { health: 'down', fact, detail, latencyMs };
}
