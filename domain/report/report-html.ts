import type { HeronEvent } from '../model/event';
import type { AvailabilityRow, ReportFacts } from './report-facts';
import { mostLanes, reportPicture } from './timeline-svg';
import { reportStyle } from './report-style';
import { escaped, incidentNames, lengthWords, percent, spanWords, utc } from './report-words';

/** Longer tables are cut, and say so: the incident file has all of it. */
const mostRows = 400;

/** A report as one page of HTML: no script, no font, no picture from elsewhere, one style sheet. */
export function reportHtml(facts: ReportFacts): string {
  const { range } = facts;
  const title = `Heron report, ${utc(range.fromMs)} to ${utc(range.toMs)} UTC`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
${head(facts)}
<h2>Timeline</h2>
${reportPicture(facts)}
${facts.subjects.length > mostLanes ? `<p class="quiet">${facts.subjects.length - mostLanes} more are not drawn; they are in the tables.</p>` : ''}
<p class="quiet">Thickness is badness. Hatched: nobody watched, or not known. Brackets: from the last reading of the old to the first of the new.</p>
<h2>Availability</h2>
${availabilityTable(facts.availability)}
<h2>Incidents</h2>
${incidentTable(facts)}
<h2>Failovers and losses of the active LB</h2>
${bracketTable(facts)}
<h2>Evidence</h2>
${evidence(facts)}
<h2>When nobody watched</h2>
${gapTable(facts)}
<h2>Method</h2>
${method(facts)}
</body>
</html>
`;
}

function head(facts: ReportFacts): string {
  const hosts = [...new Set(facts.runs.map(({ host }) => host))].join(', ');
  const said: [string, string][] = [
    [
      'Range',
      `${utc(facts.range.fromMs)} to ${utc(facts.range.toMs)} UTC (${lengthWords(facts.range.toMs - facts.range.fromMs)})`,
    ],
    ['Of', `${facts.subjects.length} ${facts.subjects.length === 1 ? 'cluster' : 'clusters'}`],
    ['Watched by', hosts === '' ? 'nobody' : hosts],
    ['History', facts.file],
    ['Made', `${utc(facts.madeMs)} UTC by Heron ${facts.madeBy}`],
    ['Names', facts.redacted ? 'Pseudonyms: names and addresses are redacted.' : 'As configured.'],
  ];
  return `<h1>Heron report</h1>\n<dl>${said.map(([name, words]) => `<dt>${name}</dt><dd>${escaped(words)}</dd>`).join('')}</dl>`;
}

function availabilityTable(rows: readonly AvailabilityRow[]): string {
  return table(
    [
      'Cluster or edge',
      'Worst',
      'Best',
      'Unknown',
      'Not counted',
      'Failovers',
      'Failbacks',
      'Longest without an active LB',
    ],
    rows.map((row) => [
      row.clusterName === null ? row.name : `${row.clusterName} / ${row.name}`,
      percent(row.worst, 'down'),
      percent(row.best, 'up'),
      percent(row.unknownShare, 'up'),
      lengthWords(row.notCountedMs),
      row.failovers === null ? '–' : String(row.failovers),
      row.failbacks === null ? '–' : String(row.failbacks),
      row.longestNoActiveLbMs === null ? '–' : spanWords(row.longestNoActiveLbMs),
    ]),
    'Nothing was watched in this range.',
  );
}

function incidentTable({ incidents }: ReportFacts): string {
  return table(
    ['Began (UTC)', 'Ended (UTC)', 'What', 'Clusters', 'Without an active LB', 'Cause'],
    incidents.map((incident) => [
      utc(incident.startMs),
      incident.endMs === null ? 'not over' : utc(incident.endMs),
      incidentNames[incident.kind] ?? incident.kind,
      incident.clusters.map(({ name }) => name).join(', '),
      incident.withoutActiveLbMs === null ? '–' : spanWords(incident.withoutActiveLbMs),
      causeWords(incident.cause.kind),
    ]),
    'No incident was seen. What nobody watched is below.',
  );
}

type Moved = Extract<HeronEvent, { type: 'failover' | 'failback' | 'no-active-lb' | 'split-brain' }>;

function movesOf({ events }: ReportFacts): Moved[] {
  return events.flatMap(({ event }) =>
    event.type === 'failover' ||
    event.type === 'failback' ||
    event.type === 'no-active-lb' ||
    event.type === 'split-brain'
      ? [event]
      : [],
  );
}

function bracketTable(facts: ReportFacts): string {
  return table(
    [
      'Cluster',
      'What',
      'Last reading of the old (UTC)',
      'First reading of the new (UTC)',
      'Without an active LB',
      'Poll every',
    ],
    movesOf(facts).map((event) => [
      event.clusterName,
      'gapMs' in event
        ? `${incidentNames[event.type] ?? event.type}: ${event.fromEdgeName} to ${event.toEdgeName}`
        : (incidentNames[event.type] ?? event.type),
      utc(event.bracket.lastOldMs),
      utc(event.bracket.firstNewMs),
      'gapMs' in event ? spanWords(event.gapMs) : '–',
      'gapMs' in event ? lengthWords(event.pollIntervalMs) : '–',
    ]),
    'No failover, no failback, no loss of the active LB was seen.',
  );
}

function evidence(facts: ReportFacts): string {
  const told = movesOf(facts).flatMap((event) => {
    if (!('cause' in event)) return [];
    const lines = [
      ...event.cause.evidence,
      ...event.witnesses.map(
        ({ witness, role, said }) => `${witness} said ${role}${said === '' ? '' : ` (${said})`}`,
      ),
    ];
    return `<h3>${escaped(`${utc(event.timeMs)} UTC, ${event.clusterName}: ${causeWords(event.cause.kind)}`)}</h3>${list(lines)}`;
  });
  return told.length === 0 ? '<p>No failover, so no cause to prove.</p>' : told.slice(0, mostRows).join('\n');
}

function gapTable({ gaps }: ReportFacts): string {
  return table(
    ['From (UTC)', 'To (UTC)', 'How long', 'Why'],
    gaps.map((gap) => [utc(gap.fromMs), utc(gap.toMs), lengthWords(gap.toMs - gap.fromMs), gap.words]),
    'It was watched all the time.',
  );
}

function method({ redacted }: ReportFacts): string {
  const words = [
    'Heron polls every edge and notes what each poll brought. An edge that does not answer is a reading, too. All times are UTC.',
    'A change happened somewhere between the last reading of the old and the first reading of the new: that is its bracket. No time within it is made up. The time without an active LB is therefore given as at least and at most.',
    'Availability is the time in which users could be served over the time that counts. Worst takes all unknown time as not available, best takes it as available. Lower bounds are rounded down, upper bounds up. Time in maintenance, or disabled, does not count. A split brain counts as unknown.',
    'Where Heron did not run, or could not see, nobody watched: that time is unknown, and is listed. It is never filled in.',
    redacted
      ? 'Names and addresses are pseudonyms, the same one for the same thing throughout. This report cannot be held against the original history.'
      : 'The history behind this report can be verified: heron audit verify FILE checks that no record was altered since it was written.',
  ];
  return words.map((text) => `<p>${escaped(text)}</p>`).join('\n');
}

function causeWords(kind: string): string {
  return kind === 'unknown' ? 'cause not known' : kind.replaceAll('-', ' ');
}

function table(heads: string[], rows: string[][], none: string): string {
  if (rows.length === 0) return `<p>${escaped(none)}</p>`;
  const cells = (row: string[]): string =>
    `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
  const over = rows.length - mostRows;
  const more =
    over > 0 ? `<p class="quiet">${over} more rows are not shown. The incident file has them.</p>` : '';
  return `<table><thead><tr>${heads.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead><tbody>${rows.slice(0, mostRows).map(cells).join('\n')}</tbody></table>${more}`;
}

function list(lines: readonly string[]): string {
  if (lines.length === 0) return '<p class="quiet">Nothing was seen that tells why.</p>';
  return `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`;
}
