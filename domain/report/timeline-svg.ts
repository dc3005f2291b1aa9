import { withoutOverlap } from '../past/availability';
import { healthRank, healthSchema } from '../model/health';
import type { ReportFacts, ReportSubject } from './report-facts';
import { escaped, stateNames, utc } from './report-words';

const widthPx = 1040;
const namesPx = 170;
const lanePx = 22;
const headPx = 26;
/** More lanes than a page can hold say nothing: the worst are drawn, the rest is counted. */
export const mostLanes = 40;

/** How thick a state is drawn: thickness is badness. */
const thickness: Record<string, number> = {
  up: 3,
  degraded: 8,
  'no-redundancy': 8,
  'split-brain': 12,
  maintenance: 8,
  disabled: 1,
};

/** The timeline of a report as SVG: a lane for each cluster, brackets of its moves, gaps hatched. Classes, no styles. */
export function reportPicture(facts: ReportFacts): string {
  const lanes = worstFirst(facts).slice(0, mostLanes);
  const heightPx = headPx + lanes.length * lanePx + 6;
  const { fromMs, toMs } = facts.range;
  const x = (ms: number): number =>
    namesPx + ((Math.min(toMs, Math.max(fromMs, ms)) - fromMs) / (toMs - fromMs)) * (widthPx - namesPx - 4);
  const place = (ms: number): string => x(ms).toFixed(1);
  const ticks = Array.from({ length: 5 }, (_, index) => fromMs + ((toMs - fromMs) * index) / 4);
  const axis = ticks.map(
    (ms, index) =>
      `<text class="tick" x="${place(ms)}" y="14" text-anchor="${index === 0 ? 'start' : index === 4 ? 'end' : 'middle'}">${tickWords(ms, toMs - fromMs)}</text><line class="grid" x1="${place(ms)}" x2="${place(ms)}" y1="18" y2="${heightPx}"/>`,
  );
  const gaps = facts.gaps.map((gap) => {
    const width = Math.max(1, x(gap.toMs) - x(gap.fromMs)).toFixed(1);
    const height = heightPx - headPx;
    return `<rect class="gap" x="${place(gap.fromMs)}" y="${headPx}" width="${width}" height="${height}" fill="url(#gap)"><title>${escaped(gap.words)}</title></rect>`;
  });
  const rows = lanes.map((subject, index) => laneOf(facts, subject, headPx + index * lanePx, x));
  return `<svg class="timeline" viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="Timeline, ${utc(fromMs)} to ${utc(toMs)} UTC">
<defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>
${[...axis, ...rows, ...gaps].join('\n')}
</svg>`;
}

function laneOf(facts: ReportFacts, subject: ReportSubject, top: number, x: (ms: number) => number): string {
  const middle = top + lanePx / 2;
  const spans = withoutOverlap(
    facts.range,
    facts.spans.filter(({ subjectId }) => subjectId === subject.id.replace(/^edge:/, '')),
  );
  const bars = spans.map(({ fromMs, toMs, state }) => {
    const height = thickness[state] ?? 14;
    const width = Math.max(1, x(toMs) - x(fromMs)).toFixed(1);
    const hatched = state === 'unknown' ? ' fill="url(#gap)"' : '';
    return `<rect class="s-${state}" x="${x(fromMs).toFixed(1)}" y="${middle - height / 2}" width="${width}" height="${height}"${hatched}><title>${stateNames[state] ?? state}, ${utc(fromMs)} to ${utc(toMs)} UTC</title></rect>`;
  });
  const moves = facts.events.flatMap(({ event }) => {
    if (!('bracket' in event) || event.bracket === null || event.type === 'lb-role') return [];
    if (event.clusterId !== subject.id) return [];
    const left = x(event.bracket.lastOldMs);
    // A bracket that is too narrow to be seen is drawn nine wide: it says that there is one.
    const right = Math.max(left + 9, x(event.bracket.firstNewMs));
    const [a, b] = [left.toFixed(1), right.toFixed(1)];
    return `<path class="bracket" d="M${(left + 3).toFixed(1)} ${top + 3}H${a}V${top + lanePx - 3}H${(left + 3).toFixed(1)}M${(right - 3).toFixed(1)} ${top + 3}H${b}V${top + lanePx - 3}H${(right - 3).toFixed(1)}"/>`;
  });
  return `<text class="lane" x="0" y="${middle + 4}">${escaped(subject.name.slice(0, 26))}</text>${bars.join('')}${moves.join('')}`;
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
  const text = utc(ms);
  return lengthMs > 172_800_000
    ? text.slice(0, 10)
    : lengthMs > 600_000
      ? text.slice(5, 16)
      : text.slice(11, 21);
}
