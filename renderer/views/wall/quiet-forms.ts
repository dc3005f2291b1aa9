import { inlineGap, lineHeight, noParts, type ShownParts } from './problem-forms';
import { widthOf, type TextWidth } from './wall-text';
import type { WallSubject } from './wall-subject';

/** Sizes of tiles without a problem, in pixels of a 55-inch 1080p screen. A name is never under 21, nothing under 18. */
export interface QuietForm {
  padY: number;
  padX: number;
  glyph: number;
  name: number;
  /** 0: not shown in this form. */
  site: number;
  lb: number;
  spare: number;
  bar: number;
  columnGap: number;
  rowGap: number;
  mostScale: number;
}

export const quietForms = {
  card: {
    padY: 12,
    padX: 20,
    glyph: 26,
    name: 38,
    site: 22,
    lb: 24,
    spare: 22,
    bar: 20,
    columnGap: 8,
    rowGap: 8,
    mostScale: 1.9,
  },
  triple: {
    padY: 5,
    padX: 12,
    glyph: 20,
    name: 26,
    site: 0,
    lb: 20,
    spare: 18,
    bar: 0,
    columnGap: 8,
    rowGap: 8,
    mostScale: 1.6,
  },
  pair: {
    padY: 3,
    padX: 10,
    glyph: 17,
    name: 22,
    site: 0,
    lb: 18,
    spare: 0,
    bar: 0,
    columnGap: 8,
    rowGap: 8,
    mostScale: 1.5,
  },
  line: {
    padY: 3,
    padX: 3,
    glyph: 14,
    name: 21,
    site: 0,
    lb: 0,
    spare: 0,
    bar: 0,
    columnGap: 4,
    rowGap: 0,
    mostScale: 1.6,
  },
} as const satisfies Record<string, QuietForm>;
export type QuietFormName = keyof typeof quietForms;

/** Whether a tile of this form has a strip of traffic shares. */
export function showsShare(formName: string): boolean {
  return formName in quietForms && quietForms[formName as QuietFormName].bar > 0;
}

/** An LB line up to this wide may widen its tile; a longer one is left out. A site likewise. */
const widestPx = { lb: 210, site: 320 } as const;
/** The bracket that marks a failover or an outage of the last hour, with its margin. */
export const markPx = 16;
export const glyphGap = 6;

/** The height of a tile whose texts take one line each. */
export function quietHeight(formName: QuietFormName, scale: number): number {
  const form: QuietForm = quietForms[formName];
  const used = Math.min(scale, form.mostScale);
  const texts = form.name * lineHeight.name + (form.site + form.lb + form.spare) * lineHeight.text;
  return (2 * form.padY + texts + form.bar) * used;
}

/** The widths of a tile's texts at a type scale, 0 for what its form does not show. */
function textWidths(subject: WallSubject, formName: QuietFormName, scale: number, measure: TextWidth) {
  const form: QuietForm = quietForms[formName];
  const used = Math.min(scale, form.mostScale);
  const at = (size: number): number => size * used;
  const shown = (text: string, weight: 400 | 500, size: number): number =>
    size === 0 ? 0 : widthOf(measure, text, weight, at(size));
  const mark = subject.mark === '' ? 0 : at(markPx);
  const nameMark = form.lb === 0 ? mark : 0;
  const beside = shown(subject.mark === '' ? subject.lbAge : subject.mark, 500, form.lb);
  return {
    name: at(form.glyph) + at(glyphGap) + widthOf(measure, subject.name, 500, at(form.name)) + nameMark,
    lb: shown(subject.lb, 500, form.lb),
    /** The bracket alone, or the age of the LB: what stands right of the LB at least. */
    leastBeside: form.lb === 0 ? 0 : (mark || beside) + at(inlineGap),
    beside: beside === 0 ? 0 : beside + mark + at(inlineGap),
    spare: shown(subject.spare, 400, form.spare),
    site: shown(subject.site, 400, form.site),
    padding: 2 * at(form.padX) + 2,
    at,
  };
}

/** The width that a cluster without a problem needs for its name on one line, and for what belongs to it unless that is long. */
export function neededWidth(
  subject: WallSubject,
  formName: QuietFormName,
  scale: number,
  measure: TextWidth,
): number {
  const { name, lb, leastBeside, spare, site, padding, at } = textWidths(subject, formName, scale, measure);
  const upTo = (width: number, most: number): number => (width <= at(most) ? width : 0);
  return (
    padding +
    Math.max(name, upTo(lb + leastBeside, widestPx.lb), upTo(spare, widestPx.lb), upTo(site, widestPx.site))
  );
}

/** What is shown of it in a tile of this width, besides its name. */
export function shownIn(
  subject: WallSubject,
  formName: QuietFormName,
  scale: number,
  widthPx: number,
  measure: TextWidth,
): ShownParts {
  const widths = textWidths(subject, formName, scale, measure);
  const inner = widthPx - widths.padding;
  const { lb, beside, spare, site } = widths;
  return {
    ...noParts,
    site: site > 0 && site <= inner,
    lb: lb > 0 && lb + (subject.mark === '' ? 0 : widths.leastBeside) <= inner,
    lbAge: lb > 0 && beside > 0 && lb + beside <= inner,
    spare: spare > 0 && spare <= inner,
  };
}
