import type { Incident } from '../model/incident';
import { boundPercent, plural } from '../words/amount';
import { causeWords } from '../words/causes';
import { preciseDuration } from '../words/duration';
import { incidentNames } from '../words/incidents';
import { utcMoment } from '../words/time';
import { coverageWords } from './coverage-words';
import { html, type Html } from './html';
import type { ReportFacts } from './report-facts';
import { none, rangeCell, table } from './report-parts';
import { maxLanes, timelineSvg } from './timeline-svg';

/** A picture in the head of a report, as a file's bytes. */
export interface ReportLogo {
  type: 'image/png' | 'image/jpeg';
  base64: string;
}

/** What the maker of a report gives it besides the figures. */
export interface ReportLook {
  /** Null: "Availability report". */
  title: string | null;
  logo: ReportLogo | null;
}

const pseudonyms: [string, string] = ['Names', 'Pseudonyms: names and addresses are redacted.'];
const mostNames = 8;
const mostInterruptions = 8;

/** The first page, for customers: the effect on users. */
export function summary(facts: ReportFacts, look: ReportLook): Html {
  const notDrawn = facts.subjects.length - maxLanes;
  const covered = coverageWords(facts);
  return html`${head(facts, look)}
    <p class="result">${resultWords(facts)}</p>
    ${covered === null ? null : html`<p>${covered}</p>`}
    <h2>Summary</h2>
    ${summaryTable(facts)}
    <h2>Timeline</h2>
    ${timelineSvg(facts)}
    ${notDrawn > 0 ? html`<p class="quiet">${notDrawn} more are not drawn; they are in the tables.</p>` : null}
    <p class="quiet">
      Thicker is worse. Hatched: not monitored, or not known. Brackets: from the last reading of the old state
      to the first of the new.
    </p>
    <h2>Interruptions</h2>
    ${interruptionTable(facts)}`;
}

/** The range of a report, UTC. */
export function rangeText({ range }: ReportFacts): string {
  return `${utcMoment(range.fromMs)} to ${utcMoment(range.toMs, 'up')}`;
}

function head(facts: ReportFacts, { title, logo }: ReportLook): Html {
  const { fromMs, toMs } = facts.range;
  const lines: [string, string][] = [
    ['Range', `${rangeText(facts)} UTC (${preciseDuration(toMs - fromMs)})`],
    ['Covers', subjectsText(facts)],
    ['Proof', proofText(facts)],
    ...(facts.redacted ? [pseudonyms] : []),
  ];
  const picture =
    logo === null ? null : html`<img class="logo" alt="" src="data:${logo.type};base64,${logo.base64}" />`;
  return html`<header>
      <h1>${title ?? 'Availability report'}</h1>
      ${picture}
    </header>
    <dl>
      ${lines.map(
        ([name, words]) =>
          html`<dt>${name}</dt>
            <dd>${words}</dd>`,
      )}
    </dl>`;
}

function subjectsText({ subjects }: ReportFacts): string {
  const names = subjects.slice(0, mostNames).map(({ name }) => name);
  const more = subjects.length - names.length;
  if (subjects.length === 0) return 'no cluster';
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

/** The outcome in one or two sentences: how much of the monitored time users were served, and what was not monitored. */
function resultWords(facts: ReportFacts): string {
  const rows = clusterRows(facts);
  const counted = rows.filter(({ monitored }) => monitored.worst !== null);
  if (counted.length === 0) return 'No time of this range was monitored, so no availability can be given.';
  const worst = counted.reduce((least, row) =>
    (row.monitored.worst ?? 1) < (least.monitored.worst ?? 1) ? row : least,
  );
  const cut = facts.incidents.filter(isInterruption).length;
  const [least, most] = [worst.monitored.worst ?? 0, worst.monitored.best ?? 1];
  const of = counted.length === 1 ? worst.name : `${worst.name}, the least available of ${counted.length},`;
  const interruptions =
    cut === 0 ? 'No interruption was recorded.' : `${plural(cut, 'incident')} interrupted users.`;
  return `${of} served users for ${boundPercent(least, 'down')} to ${boundPercent(most, 'up')} of the time that was monitored. ${interruptions}`;
}

function clusterRows({ availability }: ReportFacts): ReportFacts['availability'] {
  return availability.filter(({ clusterName }) => clusterName === null);
}

function summaryTable(facts: ReportFacts): Html {
  return table(
    [
      'Cluster',
      'Available while monitored',
      'Not available, for certain',
      'Unknown',
      'Failovers',
      'Longest without an active LB',
      'Monitored',
    ],
    clusterRows(facts).map((row) => [
      row.name,
      row.monitored.worst === null || row.monitored.best === null
        ? 'not monitored'
        : `${boundPercent(row.monitored.worst, 'down')} to ${boundPercent(row.monitored.best, 'up')}`,
      preciseDuration(row.unavailableMs),
      preciseDuration(Math.max(0, row.unknownMs - row.unmonitoredMs), 'up'),
      String(row.failovers ?? none),
      rangeCell(row.longestNoActiveLbMs),
      preciseDuration(row.monitored.ms),
    ]),
    'Nothing was monitored in this range.',
  );
}

function isInterruption({ withoutActiveLbMs, kind }: Incident): boolean {
  return (withoutActiveLbMs?.atMost ?? 0) > 0 || kind === 'cluster-down';
}

/** The longest interruptions; all incidents are in the annex. */
function interruptionTable({ incidents }: ReportFacts): Html {
  const cut = incidents.filter(isInterruption);
  const atMost = (incident: Incident): number => incident.withoutActiveLbMs?.atMost ?? Infinity;
  const longest = cut.toSorted((one, other) => atMost(other) - atMost(one)).slice(0, mostInterruptions);
  const others = incidents.length - longest.length;
  return html`${table(
    ['Began (UTC)', 'What', 'Clusters', 'Without an active LB', 'Cause'],
    longest.map((incident) => [
      utcMoment(incident.startMs),
      incidentNames[incident.kind],
      clusterNames(incident),
      rangeCell(incident.withoutActiveLbMs),
      causeWords[incident.cause.kind],
    ]),
    'None was recorded.',
  )}
  ${others > 0 ? html`<p class="quiet">${plural(others, 'other incident')}: see the annex.</p>` : null}`;
}

function clusterNames({ clusters }: Incident): string {
  const names = clusters.slice(0, mostNames).map(({ name }) => name);
  const more = clusters.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

/** The verdict on the file, and from when on the report shows what is not proven. */
function proofText({ proof, range }: ReportFacts): string {
  const words = `${proof.head}. ${proof.sentence}`;
  if (proof.upToMs === null || proof.upToMs >= range.toMs) return words;
  const none = proof.upToMs <= range.fromMs;
  const later = none
    ? 'Nothing in this report is'
    : `What this report shows from ${utcMoment(proof.upToMs)} UTC on is not`;
  return `${words} ${later} proven.`;
}
