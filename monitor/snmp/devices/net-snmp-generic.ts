import { decodeInteger, decodeText, decodeTicksMs } from '../codec/varbind';
import { combine, firstRow } from './decodings';
import type { DeviceModule } from './device-module';

/** The index of NET-SNMP-EXTEND-MIB rows named "carp": the name's length, then its letters. */
const carpExtend = '4.99.97.114.112';
const extend = '1.3.6.1.4.1.8072.1.3.2';
const ucd = '1.3.6.1.4.1.2021';

const count = (row: Parameters<typeof decodeInteger>[0]) => decodeInteger(row, 0);

/** Any net-snmp agent: MIB-II, HOST-RESOURCES, TCP-MIB, UCD-SNMP-MIB, and NET-SNMP-EXTEND-MIB's `extend carp`. */
export const netSnmpGeneric: DeviceModule = {
  name: 'net-snmp-generic',
  scalars: [
    {
      field: 'agentUptimeMs',
      bases: ['1.3.6.1.2.1.1.3'],
      asked: 'every-poll',
      decode: firstRow(decodeTicksMs),
    },
    {
      field: 'description',
      bases: ['1.3.6.1.2.1.1.1'],
      asked: 'once',
      decode: firstRow((row) => decodeText(row, 512)),
    },
    {
      field: 'reportedName',
      bases: ['1.3.6.1.2.1.1.5'],
      asked: 'once',
      decode: firstRow((row) => decodeText(row, 255)),
    },
    {
      field: 'systemUptimeMs',
      bases: ['1.3.6.1.2.1.25.1.1'],
      asked: 'every-poll',
      decode: firstRow(decodeTicksMs),
    },
    { field: 'tcpEstablished', bases: ['1.3.6.1.2.1.6.9'], asked: 'every-poll', decode: firstRow(count) },
    {
      // ssCpuIdle: percent of the last minute.
      field: 'cpuPercent',
      bases: [`${ucd}.11.11`],
      asked: 'every-poll',
      decode: firstRow((row) => {
        const idle = decodeInteger(row, 0, 100);
        return idle.value === null ? idle : { value: 100 - idle.value, reason: null };
      }),
    },
    {
      // memTotalSwap and memAvailSwap, kB. Without swap there is nothing to fill.
      field: 'swapPercent',
      bases: [`${ucd}.4.3`, `${ucd}.4.4`],
      asked: 'every-poll',
      decode: combine(count, (total = 0, available = 0) =>
        total === 0 ? 0 : available > total ? null : ((total - available) / total) * 100,
      ),
    },
  ],
  watched: [
    { table: 'process', names: `${ucd}.2.1.2`, flags: `${ucd}.2.1.100`, messages: `${ucd}.2.1.101` },
    { table: 'disk', names: `${ucd}.9.1.2`, flags: `${ucd}.9.1.100`, messages: `${ucd}.9.1.101` },
    { table: 'load', names: `${ucd}.10.1.2`, flags: `${ucd}.10.1.100`, messages: `${ucd}.10.1.101` },
  ],
  witnesses: [
    {
      witness: 'carp-extend',
      form: 'text',
      // nsExtendOutputFull, nsExtendOutLine, nsExtendOutput1Line: all lines in one object where there is one.
      alternatives: [
        `${extend}.3.1.2.${carpExtend}`,
        `${extend}.4.1.2.${carpExtend}`,
        `${extend}.3.1.1.${carpExtend}`,
      ],
      // nsExtendCacheTime; 5 s unless snmpd.conf says `-cacheTime`.
      cacheSeconds: `${extend}.2.1.5.${carpExtend}`,
      usualCacheMs: 5_000,
    },
  ],
  interfaceOrder: [],
};
