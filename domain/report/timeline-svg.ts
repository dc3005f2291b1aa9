import { isAlertEvent } from '../model/event';
import { withoutOverlap } from '../past/outages-within';
import { healthRank, healthSchema } from '../model/health';
import { stateWords } from '../words/states';
import { utcMoment } from '../words/time';
import { html, type Html } from './html';
import type { ReportFacts, ReportSubject } from './report-facts';
import { shortName } from '../words/short-name';

const widthPx = 1040;
const namesPx = 170;
const lanePx = 22;
const headPx = 26;
/** As many as fit on a page: the worst are drawn, the others counted. */
export const maxLanes = 40;

/** Place of a time on the x axis, in pixels. */
type XOf = (timeMs: number) => number;

/** Height of a state's bar in pixels: the worse, the thicker. States without an entry are the worst. */
const thickness: Record<string, number> = {
  up: 3,
  degraded: 8,
  'no-redundancy': 8,
  'split-brain': 12,
  maintenance: 8,
  disabled: 1,
};

/** The timeline of a report as SVG: a lane for each cluster, brackets of its failovers, gaps hatched. Classes, no styles. */
export function timelineSvg(facts: ReportFacts): Html {
  const lanes = worstFirst(facts).slice(0, maxLanes);
  const heightPx = headPx + lanes.length * lanePx + 6;
  const { fromMs, toMs } = facts.range;
  const xOf = (ms: number): number =>
    namesPx + ((Math.min(toMs, Math.max(fromMs, ms)) - fromMs) / (toMs - fromMs)) * (widthPx - namesPx - 4);
  const rows = lanes.map((subject, index) => lane(facts, subject, headPx + index * lanePx, xOf));
  return html`<svg
    class="timeline"
    viewBox="0 0 ${widthPx} ${heightPx}"
    role="img"
    aria-label="Timeline, ${utcMoment(fromMs)} to ${utcMoment(toMs, 'up')} UTC"
  >
    <defs>
      <pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="hatch" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
    </defs>
    ${[...axis(facts, heightPx, xOf), ...rows, ...gapBars(facts, heightPx, xOf)]}
  </svg>`;
}

function axis({ range: { fromMs, toMs } }: ReportFacts, heightPx: number, xOf: XOf): Html[] {
  const anchors = ['start', 'middle', 'middle', 'middle', 'end'];
  return anchors.map((anchor, index) => {
    const ms = fromMs + ((toMs - fromMs) * index) / (anchors.length - 1);
    const x = pixels(xOf(ms));
    return html`<text class="tick" x="${x}" y="14" text-anchor="${anchor}"
        >${tickWords(ms, toMs - fromMs)}</text
      ><line class="grid" x1="${x}" x2="${x}" y1="18" y2="${heightPx}" />`;
  });
}

function gapBars({ gaps }: ReportFacts, heightPx: number, xOf: XOf): Html[] {
  return gaps.map((gap) => {
    const width = pixels(Math.max(1, xOf(gap.toMs) - xOf(gap.fromMs)));
    return html`<rect
      class="gap"
      x="${pixels(xOf(gap.fromMs))}"
      y="${headPx}"
      width="${width}"
      height="${heightPx - headPx}"
      fill="url(#gap)"
      ><title>${gap.words}</title></rect
    >`;
  });
}

function lane(facts: ReportFacts, subject: ReportSubject, top: number, xOf: XOf): Html {
  const middle = top + lanePx / 2;
  const spans = withoutOverlap(
    facts.range,
    facts.spans.filter(({ subjectId }) => subjectId === subject.id.replace(/^edge:/, '')),
  );
  const bars = spans.map(({ fromMs, toMs, state }) => {
    const health = healthSchema.safeParse(state).data ?? 'unknown';
    const height = thickness[health] ?? 14;
    const width = pixels(Math.max(1, xOf(toMs) - xOf(fromMs)));
    const hatching = health === 'unknown' ? html` fill="url(#gap)"` : null;
    return html`<rect
      class="s-${health}"
      x="${pixels(xOf(fromMs))}"
      y="${middle - height / 2}"
      width="${width}"
      height="${height}"
      ${hatching}
      ><title>${stateWords[health].word}, ${utcMoment(fromMs)} to ${utcMoment(toMs, 'up')} UTC</title></rect
    >`;
  });
  return html`<text class="lane" x="0" y="${middle + 4}">${shortName(subject.name, 26)}</text
    >${bars}${brackets(facts, subject, top, xOf)}`;
}

function brackets({ events }: ReportFacts, subject: ReportSubject, top: number, xOf: XOf): Html[] {
  return events.flatMap(({ event }) => {
    if (!('bracket' in event) || event.bracket === null || event.type === 'lb-role' || isAlertEvent(event))
      return [];
    if (event.clusterId !== subject.id) return [];
    const left = xOf(event.bracket.lastOldMs);
    // Narrower ones could not be recognised as brackets.
    const right = Math.max(left + 9, xOf(event.bracket.firstNewMs));
    const [from, to, bottom] = [pixels(left), pixels(right), top + lanePx - 3];
    const [fromTip, toTip] = [pixels(left + 3), pixels(right - 3)];
    return [
      html`<path
        class="bracket"
        d="M${fromTip} ${top + 3}H${from}V${bottom}H${fromTip}M${toTip} ${top + 3}H${to}V${bottom}H${toTip}"
      />`,
    ];
  });
}

function pixels(value: number): string {
  return value.toFixed(1);
}

function worstFirst({ subjects, spans }: ReportFacts): ReportSubject[] {
  const worst = new Map<string, number>();
  for (const { subjectId, state } of spans) {
    const checked = healthSchema.safeParse(state);
    if (checked.success) worst.set(subjectId, Math.min(worst.get(subjectId) ?? 99, healthRank(checked.data)));
  }
  const rank = ({ id }: ReportSubject): number => worst.get(id.replace(/^edge:/, '')) ?? 99;
  return [...subjects].sort((a, b) => rank(a) - rank(b));
}

function tickWords(ms: number, lengthMs: number): string {
  const text = utcMoment(ms);
  return lengthMs > 172_800_000
    ? text.slice(0, 10)
    : lengthMs > 600_000
      ? text.slice(5, 16)
      : text.slice(11, 21);
}
