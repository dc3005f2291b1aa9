import type { EdgeTrack, SourceTrack } from '../../domain/cluster/observe/edge-track';
import { answerParts } from '../../domain/cluster/observe/answer-parts';
import type { EdgeAnswers, ReadObject, SourceAnswer } from '../../domain/contract/edge-answers';
import type { InterfaceReading, SnmpReading } from '../../domain/model/reading';
import { witnessWords } from '../../domain/words/roles';
import { duration } from '../../domain/words/duration';
import { ifMib } from '../snmp/devices/if-mib';
import type { ScalarField } from '../snmp/devices/device-module';
import { deviceModules } from '../snmp/devices/modules';

/** An agent may offer thousands of rows. */
const mostObjects = 500;
const longestValue = 300;

/** What is known of an edge's answers now. Values are decoded, and long texts are cut. */
export function edgeAnswersOf(track: EdgeTrack): EdgeAnswers {
  const objects = track.device ? objectsOf(track.device) : [];
  return {
    sources: [
      sourceAnswer('snmp', track.snmp, track.device?.description ?? ''),
      sourceAnswer('http', track.http, track.page ? `status ${track.page.status}` : ''),
      sourceAnswer('tcp', track.tcp, 'accepts connections'),
    ],
    parts: track.snmp.asked
      ? answerParts.map((part) => {
          const { answeredMs, lostSinceMs, words } = track.parts[part];
          return { part, answeredMs, lostSinceMs, words: cut(words) };
        })
      : [],
    readMs: track.deviceMs,
    objects: objects.slice(0, mostObjects),
    leftOut: Math.max(0, objects.length - mostObjects),
  };
}

function sourceAnswer(source: SourceAnswer['source'], track: SourceTrack, words: string): SourceAnswer {
  const { asked, failures, lastAnswerMs: answeredMs, latencyMs, lastFailure } = track;
  if (!asked) return { source, state: 'not-asked', answeredMs, latencyMs: null, words: '' };
  if (failures === 0) return { source, state: 'answers', answeredMs, latencyMs, words: cut(words) };
  return { source, state: 'silent', answeredMs, latencyMs: null, words: cut(lastFailure?.words ?? '') };
}

const scalarNames: Readonly<Record<ScalarField, string>> = {
  reportedName: 'Reported name',
  description: 'sysDescr',
  caConnectivity: 'ca_connectivity',
  loggingConnectivity: 'smsm_connectivity',
  cpuPercent: 'CPU',
  swapPercent: 'Swap in use',
  systemUptimeMs: 'hrSystemUptime',
  agentUptimeMs: 'sysUpTime',
  tcpEstablished: 'tcpCurrEstab',
};

function objectsOf(device: SnmpReading): ReadObject[] {
  return [
    ...Object.entries(scalarNames).flatMap(([field, name]) => scalarOf(device, field as ScalarField, name)),
    ...device.roles.map(({ witness, said }) => object('LB role', witnessWords[witness], said)),
    ...device.interfaces.flatMap((one) => interfaceObjects(one, device)),
    ...device.watched.map(({ table, name, failed, message }) =>
      object(`Watched: ${table}`, name, failed ? `failed. ${message}`.trim() : 'no error'),
    ),
    ...(device.unreadable ?? []).map((words) => object('Not readable', 'value', words)),
  ];
}

function scalarOf(device: SnmpReading, field: ScalarField, name: string): ReadObject[] {
  const value = device[field];
  if (value === null) return [];
  const oids = deviceModules
    .flatMap(({ scalars }) => scalars)
    .filter((scalar) => scalar.field === field)
    .map(({ bases }) => bases.join(', '));
  return [{ ...object('Device', name, scalarWords(field, value)), oids }];
}

function scalarWords(field: ScalarField, value: string | number): string {
  if (typeof value === 'string') return value;
  if (field.endsWith('Percent')) return `${Number(value.toFixed(2))} %`;
  return field.endsWith('UptimeMs') ? duration(value) : String(value);
}

function interfaceObjects(one: InterfaceReading, { interfaceUse }: SnmpReading): ReadObject[] {
  const use = Object.entries({ management: 'management', proxy: 'proxy', loadBalancer: 'LB' })
    .filter(([key]) => interfaceUse[key as keyof typeof interfaceUse] === one.index)
    .map(([, words]) => words);
  const group = `Interface ${one.name}${use.length > 0 ? ` (${use.join(', ')})` : ''}`;
  const wide = one.counterBits === 64;
  const rows: [name: string, base: string, value: string | null][] = [
    ['ifAdminStatus', ifMib.adminStatus, upWords(one.adminUp)],
    ['ifOperStatus', ifMib.operStatus, upWords(one.operUp)],
    [wide ? 'ifHCInOctets' : 'ifInOctets', wide ? ifMib.hcInOctets : ifMib.inOctets, text(one.inOctets)],
    [wide ? 'ifHCOutOctets' : 'ifOutOctets', wide ? ifMib.hcOutOctets : ifMib.outOctets, text(one.outOctets)],
  ];
  return rows.flatMap(([name, base, value]) =>
    value === null ? [] : [{ ...object(group, name, value), oids: [`${base}.${one.index}`] }],
  );
}

function upWords(isUp: boolean | null): string | null {
  return isUp === null ? null : isUp ? 'up' : 'down';
}

function text(octets: bigint | null): string | null {
  return octets === null ? null : String(octets);
}

function object(group: string, name: string, value: string): ReadObject {
  return { group: cut(group), name: cut(name), oids: [], value: cut(value) };
}

function cut(words: string): string {
  return words.length > longestValue ? `${words.slice(0, longestValue)}…` : words;
}
