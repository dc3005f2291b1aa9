import type { HeronEvent } from '../model/event';
import type { Incident } from '../model/incident';
import { usersGapOf } from '../incidents/incident-metrics';
import { causeWords } from '../words/causes';
import { preciseDuration } from '../words/duration';
import { incidentNames } from '../words/incidents';
import { roleWords, saidThrough, witnessWords } from '../words/roles';
import { utcMoment } from '../words/time';
import { html, type Html } from './html';
import type { AvailabilityRow, ReportFacts } from './report-facts';
import { none, percentCell, rangeCell, table } from './report-parts';

/** The pages behind the summary: every edge, every change with its bracket, the evidence, and how the figures are made. */
export function annex(facts: ReportFacts): Html {
  return html`<h2>Availability</h2>
    ${availabilityTable(facts.availability)}
    <h2>Incidents</h2>
    ${incidentTable(facts)}
    <h2>Failovers and losses of the active LB</h2>
    ${bracketTable(facts)}
    <h2>LB role changes</h2>
    ${roleTable(facts)}
    <h2>Evidence</h2>
    ${evidence(facts)}
    <h2>Not monitored</h2>
    ${gapTable(facts)}
    <h2>Method</h2>
    ${method(facts)}`;
}

function availabilityTable(rows: readonly AvailabilityRow[]): Html {
  return table(
    [
      'Cluster or edge',
      'Worst',
      'Best',
      'Worst while monitored',
      'Best while monitored',
      'Unknown',
      'Maintenance',
      'Of that unavailable',
      'Not counted',
      'Not configured',
      'Failovers',
      'Failbacks',
      'Longest without an active LB',
    ],
    rows.map((row) => [
      row.clusterName === null ? row.name : `${row.clusterName} / ${row.name}`,
      percentCell(row.worst, 'down'),
      percentCell(row.best, 'up'),
      percentCell(row.monitored.worst, 'down'),
      percentCell(row.monitored.best, 'up'),
      percentCell(row.unknownShare, 'up'),
      preciseDuration(row.maintenanceMs),
      preciseDuration(row.maintenanceUnavailableMs),
      preciseDuration(row.notCountedMs),
      preciseDuration(row.notConfiguredMs),
      String(row.failovers ?? none),
      String(row.failbacks ?? none),
      rangeCell(row.longestNoActiveLbMs),
    ]),
    'Nothing was monitored in this range.',
  );
}

function incidentTable({ incidents }: ReportFacts): Html {
  return table(
    ['Began (UTC)', 'Ended (UTC)', 'What', 'Clusters', 'Without an active LB', 'Cause'],
    incidents.map((incident) => [
      utcMoment(incident.startMs),
      endCell(incident),
      incidentNames[incident.kind],
      incident.clusters.map(({ name }) => name).join(', '),
      rangeCell(incident.withoutActiveLbMs),
      causeWords[incident.cause.kind],
    ]),
    'No incident was recorded. Times without monitoring are listed below.',
  );
}

function endCell({ endMs, observedUntilMs }: Incident): string {
  if (endMs === null) return 'not over';
  const ended = utcMoment(endMs, 'up');
  return observedUntilMs === null ? ended : `${ended} (observed until ${utcMoment(observedUntilMs, 'up')})`;
}

type ActiveLbEvent = Extract<
  HeronEvent,
  { type: 'failover' | 'failback' | 'no-active-lb' | 'split-brain' | 'users-gap' }
>;

function activeLbEvents({ events }: ReportFacts): ActiveLbEvent[] {
  return events.flatMap(({ event }) =>
    event.type === 'failover' ||
    event.type === 'failback' ||
    event.type === 'no-active-lb' ||
    event.type === 'split-brain' ||
    event.type === 'users-gap'
      ? [event]
      : [],
  );
}

function bracketTable(facts: ReportFacts): Html {
  return table(
    [
      'Cluster',
      'What',
      'Last reading of the old state (UTC)',
      'First reading of the new state (UTC)',
      'Without an active LB',
      'Users not served',
      'Poll every',
    ],
    activeLbEvents(facts).map((event) => [
      event.clusterName,
      'gapMs' in event
        ? `${incidentNames[event.type]}: ${event.fromEdgeName} to ${event.toEdgeName}`
        : event.type === 'users-gap'
          ? `Users of ${event.target}`
          : incidentNames[event.type],
      utcMoment(event.bracket.lastOldMs, 'down'),
      utcMoment(event.bracket.firstNewMs, 'up'),
      'gapMs' in event ? rangeCell(event.gapMs) : none,
      usersCell(event),
      'gapMs' in event ? preciseDuration(event.pollIntervalMs) : none,
    ]),
    'No failover, failback or loss of the active LB was recorded.',
  );
}

/** What Heron's probes of the cluster IP measured. */
function usersCell(event: HeronEvent): string {
  const gap = usersGapOf(event);
  return gap ? rangeCell(gap) : none;
}

function roleTable({ events }: ReportFacts): Html {
  return table(
    ['Edge', 'From', 'To', 'Last reading of the old role (UTC)', 'First reading of the new role (UTC)'],
    events.flatMap(({ event }) =>
      event.type === 'lb-role'
        ? [
            [
              event.clusterName === null ? event.edgeName : `${event.clusterName} / ${event.edgeName}`,
              roleWords[event.from],
              roleWords[event.to],
              event.bracket === null ? none : utcMoment(event.bracket.lastOldMs, 'down'),
              utcMoment(event.bracket?.firstNewMs ?? event.timeMs, 'up'),
            ],
          ]
        : [],
    ),
    'No change of an LB role was recorded.',
  );
}

function evidence(facts: ReportFacts): Html {
  const parts = activeLbEvents(facts).flatMap((event) => {
    if (!('cause' in event)) return [];
    const lines = [
      ...event.cause.evidence,
      ...event.witnesses.map((one) => {
        const said = saidThrough(one);
        return `${witnessWords[one.witness]} reported ${roleWords[one.role]}${said === '' ? '' : `: ${said}`}.`;
      }),
    ];
    const title = `${utcMoment(event.timeMs)} UTC, ${event.clusterName}: ${causeWords[event.cause.kind]}`;
    return [
      html`<h3>${title}</h3>
        ${list(lines)}`,
    ];
  });
  if (parts.length === 0) return html`<p>No failover, so no cause to show.</p>`;
  return html`${parts}`;
}

function gapTable({ gaps }: ReportFacts): Html {
  return table(
    ['From (UTC)', 'To (UTC)', 'How long', 'Why'],
    gaps.map((gap) => [
      utcMoment(gap.fromMs),
      utcMoment(gap.toMs, 'up'),
      preciseDuration(gap.toMs - gap.fromMs, 'up'),
      gap.words,
    ]),
    'The whole range was monitored.',
  );
}

/** Where the figures come from. */
function sourceWords({ runs, file, madeBy, redacted }: ReportFacts): string {
  const hosts = [...new Set(runs.map(({ host }) => host))].join(', ');
  const by = hosts === '' ? 'No computer monitored this range' : `Monitored by Heron on ${hosts}`;
  const names = redacted ? 'names and addresses are redacted' : 'names are as configured';
  return `${by}. Made from ${file} by Heron ${madeBy}; ${names}.`;
}

function method(facts: ReportFacts): Html {
  const { redacted } = facts;
  const paragraphs = [
    sourceWords(facts),
    'Heron polls every edge and records the result of each poll. An edge that does not answer is a reading, too. All times are UTC.',
    'A change happened between the last reading of the old state and the first reading of the new one: that is its bracket. No time within it is assumed. The time without an active LB is therefore given as at least and at most.',
    'Availability is the time in which users could be served, divided by the time that counts. Worst takes all unknown time as not available, best takes it as available. Lower bounds are rounded down, upper bounds up. Planned maintenance is counted apart, with what was certainly unavailable in it. Time disabled does not count, nor does time before a cluster or edge was added to the inventory or after it was removed. Of a failover the least time without an active LB is unavailable, the rest of the most is unknown. While monitored: without the times listed as not monitored. A split brain counts as unknown.',
    'Time in which Heron did not run, or could not reach the network, is unknown and is listed above. It is never filled in.',
    redacted
      ? 'Names and addresses are pseudonyms, the same one for the same thing throughout. This report cannot be compared with the original history.'
      : 'The history behind this report can be verified: heron audit verify FILE checks that no record was altered since it was written.',
  ];
  return html`${paragraphs.map((text) => html`<p>${text}</p>`)}`;
}

function list(lines: readonly string[]): Html {
  if (lines.length === 0) return html`<p class="quiet">No evidence of the cause was recorded.</p>`;
  return html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}
