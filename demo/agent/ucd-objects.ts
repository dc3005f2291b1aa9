import type { DemoEdge } from '../fleet/demo-edge';
import { counter32 as modulo32 } from '../traffic/counters';
import { counter32, integer, octetString, row, type Cell } from './object-rows';
import type { ObjectInstance } from './object-table';

const processorCores = 8;
const realMemoryKb = 33_554_432;
const swapKb = 8_388_608;

/** UCD-SNMP-MIB: watched processes, memory, disks, load and processor. */
export function ucdObjects(edge: DemoEdge): ObjectInstance[] {
  const { plan } = edge;
  const proxyUp = (): boolean => edge.conditions.proxyRunning;
  const lbUp = (): boolean => edge.conditions.lbRunning;
  return [
    ...process(1, 'proxy', proxyUp),
    ...process(2, 'config', () => true),
    ...(plan.lbIp ? process(3, 'smlb', lbUp) : []),
    ...memory(edge),
    ...disk(1, '/', '/dev/da0p2', 16_777_216, 31),
    ...disk(2, '/var', '/dev/da0p4', 67_108_864, 22),
    ...load(edge, 1, 'Load-1', 1),
    ...load(edge, 2, 'Load-5', 0.96),
    ...load(edge, 3, 'Load-15', 0.9),
    ...processor(edge),
  ];
}

function process(index: number, name: string, running: () => boolean): ObjectInstance[] {
  return row(
    '1.3.6.1.4.1.2021.2.1',
    [index],
    [
      [1, integer, index],
      [2, octetString, name],
      [3, integer, 1],
      [4, integer, 0],
      [5, integer, () => (running() ? 1 : 0)],
      ...errorCells(() => (running() ? '' : `No ${name} process running`)),
    ],
  );
}

function memory(edge: DemoEdge): ObjectInstance[] {
  const swapFree = (nowMs: number): number => Math.round(swapKb * (1 - edge.swapPercent(nowMs) / 100));
  const realFree = (nowMs: number): number => Math.round(realMemoryKb * (0.5 - edge.cpuPercent(nowMs) / 400));
  return row(
    '1.3.6.1.4.1.2021.4',
    [0],
    [
      [1, integer, 0],
      [2, octetString, 'swap'],
      [3, integer, swapKb],
      [4, integer, swapFree],
      [5, integer, realMemoryKb],
      [6, integer, realFree],
      [11, integer, (nowMs) => swapFree(nowMs) + realFree(nowMs)],
      [12, integer, 16_000],
      [15, integer, 6_291_456],
      ...errorCells(() => ''),
    ],
  );
}

function disk(
  index: number,
  path: string,
  device: string,
  totalKb: number,
  percent: number,
): ObjectInstance[] {
  const usedKb = Math.round((totalKb * percent) / 100);
  return row(
    '1.3.6.1.4.1.2021.9.1',
    [index],
    [
      [1, integer, index],
      [2, octetString, path],
      [3, octetString, device],
      [4, integer, -1],
      [5, integer, 10],
      [6, integer, totalKb],
      [7, integer, totalKb - usedKb],
      [8, integer, usedKb],
      [9, integer, percent],
      [10, integer, 2],
      ...errorCells(() => ''),
    ],
  );
}

function load(edge: DemoEdge, index: number, name: string, factor: number): ObjectInstance[] {
  const most = processorCores * 2;
  const now = (nowMs: number): number => (edge.cpuPercent(nowMs) / 100) * processorCores * factor;
  const tooHigh = (nowMs: number): string =>
    now(nowMs) > most ? `${String(index)} min Load Average too high (= ${now(nowMs).toFixed(2)})` : '';
  return row(
    '1.3.6.1.4.1.2021.10.1',
    [index],
    [
      [1, integer, index],
      [2, octetString, name],
      [3, octetString, (nowMs) => now(nowMs).toFixed(2)],
      [4, octetString, most.toFixed(2)],
      [5, integer, (nowMs) => Math.round(now(nowMs) * 100)],
      ...errorCells(tooHigh),
    ],
  );
}

function processor(edge: DemoEdge): ObjectInstance[] {
  const percent = (nowMs: number): number => edge.cpuPercent(nowMs);
  const busy = (nowMs: number, share: number): number => modulo32(edge.processorTicks(nowMs).busy * share);
  return row(
    '1.3.6.1.4.1.2021.11',
    [0],
    [
      [1, integer, 0],
      [2, octetString, 'systemStats'],
      [9, integer, (nowMs) => Math.round(percent(nowMs) * 0.7)],
      [10, integer, (nowMs) => Math.round(percent(nowMs) * 0.3)],
      [11, integer, (nowMs) => 100 - Math.round(percent(nowMs) * 0.7) - Math.round(percent(nowMs) * 0.3)],
      [50, counter32, (nowMs) => busy(nowMs, 0.7)],
      [52, counter32, (nowMs) => busy(nowMs, 0.3)],
      [53, counter32, (nowMs) => modulo32(edge.processorTicks(nowMs).idle)],
    ],
  );
}

/** Every UCD table ends its rows with an error flag and a message. */
function errorCells(words: (nowMs: number) => string): Cell[] {
  return [
    [100, integer, (nowMs) => (words(nowMs) === '' ? 0 : 1)],
    [101, octetString, words],
  ];
}
