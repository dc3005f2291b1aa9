import { maintenanceLine } from '../../domain/words/maintenance';
import type { ClusterView, EdgeView } from '../../domain/model/snapshot';
import { acknowledgementWords } from '../../domain/words/acknowledgements';
import { megabits, percent } from '../../domain/words/amount';
import { shortMoment } from '../../domain/words/clock';
import { duration, durationRange } from '../../domain/words/duration';
import { edgeLabel } from '../../domain/words/edge-label';
import { between } from '../../domain/words/events';
import { outagePredicate } from '../../domain/words/outages';
import { roleWords } from '../../domain/words/roles';
import { spareFact } from '../../domain/words/spare';
import { consequenceWords } from '../../domain/words/verdict';
import { isProblem } from '../../domain/model/health';
import { wrapped } from './cell-text';
import { emptyLine, lineOf, ruled, type Ink, type Line, type Span } from './line';
import { glyphOf, isCutOff, toneOf, wordOf } from './marks';
import { edgesWords, runningTime } from './problem-rows';
import { edgeBar } from './share-bar';
import { outageTime } from './outage-lines';
import type { WallData } from './wall-state';

const labelWidth = 15;

/** The page of one cluster: its state and why, facts, edges with roles and shares, what was over. Longer than the screen, it scrolls. */
export function clusterLines(data: WallData, cluster: ClusterView, columns: number, ink: Ink): Line[] {
  return [
    ...stateLines(data, cluster, columns, ink),
    emptyLine,
    ...factLines(data, cluster, columns, ink),
    emptyLine,
    ruled(cluster.kind === 'cluster' ? 'Edges' : 'Edge', columns, ink),
    ...edgeLines(cluster, columns, ink),
    ...outageBlock(data, cluster, columns, ink),
  ];
}

function stateLines({ nowMs }: WallData, cluster: ClusterView, columns: number, ink: Ink): Line[] {
  const { health, sinceMs, site, name, reasons } = cluster;
  const tone = toneOf(health);
  const since = sinceMs === null ? '' : `  for ${runningTime(nowMs - sinceMs)}`;
  const head: Line = {
    spans: [
      ink.text(` ${glyphOf(health, ink.ascii)} ${wordOf(health)}  `, tone, { bold: true }),
      ink.text(name, 'strong', { bold: true }),
      ink.text(site === null ? '' : `  ${site}`),
      ink.text(since, tone, { bold: true }),
      ink.text(`  ${acknowledgementWords(cluster)}`, 'strong'),
    ],
    fill: isCutOff(health) ? 'cut-off' : 'none',
  };
  const consequence = isProblem(health) ? consequenceWords(cluster).trim() : '';
  const texts = reasons.map(({ fact, detail }) =>
    [consequence.includes(fact) ? '' : fact, detail].filter(Boolean).join(' '),
  );
  const unique = [...new Set([consequence, ...texts])].filter((text) => text !== '');
  const comment = cluster.acknowledged?.words ? [`Comment: ${cluster.acknowledged.words}`] : [];
  const added = cluster.newFaults.map((fact) => `New since: ${fact}`);
  return [head, ...[...unique, ...added, ...comment].flatMap((text) => paragraph(text, columns, ink))];
}

function paragraph(text: string, columns: number, ink: Ink): Line[] {
  return wrapped(ink.text(text).text, Math.max(10, columns - 4), 4, ink.ascii).map((line) =>
    lineOf(ink.text(`   ${line}`)),
  );
}

function factLines(data: WallData, cluster: ClusterView, columns: number, ink: Ink): Line[] {
  const { clusterIp, edgesTotal, bitsPerSecond } = cluster;
  const spare = spareFact(cluster, data.nowMs);
  const maintained = maintenanceLine(cluster, data.nowMs, data.zone);
  const facts: [string, string][] = [
    ...(maintained === null ? [] : ([['State', maintained]] as [string, string][])),
    ['Active LB', activeWords(cluster, data)],
    ['Last failover', failoverWords(cluster, data)],
    ['Edges up', edgesWords(cluster).replace('/', ' of ')],
    ...(cluster.kind === 'cluster' && edgesTotal > 0
      ? ([['Can lose one', `${spare.fact} (${spare.aside})`]] as [string, string][])
      : []),
    ['Cluster IP', clusterIp ?? 'none'],
    ['Traffic', bitsPerSecond === null ? 'unknown' : `${megabits(bitsPerSecond)} Mb/s in and out`],
  ];
  return facts.flatMap(([label, words]) =>
    wrapped(ink.text(words).text, Math.max(10, columns - labelWidth - 2), 2, ink.ascii).map((line, index) =>
      lineOf(ink.cell(index === 0 ? ` ${label}` : '', labelWidth, 'quiet'), ink.text(` ${line}`, 'strong')),
    ),
  );
}

function activeWords({ activeLb, name }: ClusterView, { nowMs, zone }: WallData): string {
  const since = (ms: number | null): string =>
    ms === null ? '' : `, since ${shortMoment(ms, nowMs, zone)} (${duration(nowMs - ms)})`;
  switch (activeLb.kind) {
    case 'one':
      return `${activeLb.edgeName}${since(activeLb.sinceMs)}`;
    case 'none':
      return `none${since(activeLb.sinceMs)}`;
    case 'several':
      return `${activeLb.edgeNames.map((edge) => edgeLabel(name, edge)).join(' and ')}: more than one${since(activeLb.sinceMs)}`;
    case 'unknown':
      return activeLb.lastEdgeName === null
        ? 'unknown'
        : `unknown; last seen ${activeLb.lastEdgeName}${activeLb.lastSeenMs === null ? '' : `, ${shortMoment(activeLb.lastSeenMs, nowMs, zone)}`}`;
    case 'not-applicable':
      return 'no LB';
  }
}

function failoverWords({ lastFailover, kind }: ClusterView, { nowMs, zone }: WallData): string {
  if (kind === 'standalone') return 'not possible';
  if (lastFailover === null) return 'none seen';
  const { type, fromEdgeName, toEdgeName, bracket, gapMs, usersGapMs } = lastFailover;
  const day = shortMoment(bracket.firstNewMs, nowMs, zone);
  const users = usersGapMs
    ? `, users not served for ${durationRange(usersGapMs.atLeast, usersGapMs.atMost)}`
    : '';
  return `${day}: ${type}, ${fromEdgeName} to ${toEdgeName}, ${between(bracket, zone)}, ${durationRange(gapMs.atLeast, gapMs.atMost)} without an active LB${users}`;
}

function edgeLines(cluster: ClusterView, columns: number, ink: Ink): Line[] {
  const names = Math.min(
    Math.max(8, ...cluster.edges.map(({ name }) => ink.width(name))),
    Math.floor(columns / 3),
  );
  const wide = columns >= 96;
  const bar = wide ? 16 : 8;
  const head = lineOf(
    ink.text('   '),
    ink.cell('Name', names, 'quiet'),
    ink.text(' '),
    ink.cell('State', 9, 'quiet'),
    ink.cell('Role', 8, 'quiet'),
    ink.cell('Share', bar + 8, 'quiet'),
    ink.right('Mb/s', 7, 'quiet'),
    ink.right('CPU %', 6, 'quiet'),
    ...(wide ? [ink.right('Sessions', 9, 'quiet')] : []),
    ink.text('  Reason', 'quiet'),
  );
  return [head, ...cluster.edges.flatMap((edge) => edgeLine(edge, { names, bar, wide, columns }, ink))];
}

function edgeLine(
  edge: EdgeView,
  { names, bar, wide, columns }: { names: number; bar: number; wide: boolean; columns: number },
  ink: Ink,
): Line[] {
  const { health, role, share, cpuPercent, sessions } = edge;
  const tone = toneOf(health);
  const rate =
    edge.proxyInBitsPerSecond === null || edge.proxyOutBitsPerSecond === null
      ? '?'
      : megabits(edge.proxyInBitsPerSecond + edge.proxyOutBitsPerSecond);
  const spans: Span[] = [
    ink.text(` ${glyphOf(health, ink.ascii)} `, tone, { bold: true }),
    ink.cell(edge.name, names, 'strong'),
    ink.text(' '),
    ink.cell(wordOf(health), 9, tone),
    ink.cell(roleWords[role], 8, role === 'master' ? 'strong' : 'text', { bold: role === 'master' }),
    ink.text(edgeBar(share, bar, ink.ascii), 'text'),
    ink.right(share === null ? '?' : percent(share), 8),
    ink.right(rate, 7),
    ink.right(cpuPercent === null ? '?' : String(Math.round(cpuPercent)), 6),
    ...(wide ? [ink.right(sessions === null ? '?' : String(sessions), 9)] : []),
  ];
  const used = spans.reduce((sum, { text }) => sum + ink.width(text), 0);
  const reason = edge.reasons[0]?.fact ?? '';
  if (reason === '') return [lineOf(...spans)];
  const room = columns - used - 3;
  if (room >= Math.min(30, ink.width(reason)))
    return [lineOf(...spans, ink.text('  '), ink.cell(reason, room))];
  return [lineOf(...spans), ...paragraph(reason, columns, ink)];
}

function outageBlock(
  data: WallData,
  { unacknowledgedOutages }: ClusterView,
  columns: number,
  ink: Ink,
): Line[] {
  if (unacknowledgedOutages.length === 0) return [];
  return [
    emptyLine,
    ruled('Over, unacknowledged', columns, ink),
    ...unacknowledgedOutages.map((outage) =>
      lineOf(
        ink.text(' [ ] ', 'down', { bold: true }),
        ink.text(`${outagePredicate(outage)}, ${outageTime(outage, data.nowMs, data.zone)}`),
      ),
    ),
  ];
}
