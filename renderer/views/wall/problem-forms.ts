import { linesOf, widthOf, type TextWidth } from './wall-text';
import type { WallSubject } from './wall-subject';

/**
 * Sizes in pixels of a 55-inch 1080p screen, where capitals of 19 px are readable at three metres for a known name and 30 px are
 * comfortable (10 and 16 arc minutes). A problem's name is never under 36, its reason never under 24, nothing under 18.
 */
export interface ProblemForm {
  padY: number;
  padX: number;
  glyph: number;
  name: number;
  site: number;
  state: number;
  timer: number;
  since: number;
  reason: number;
  fact: number;
  tag: number;
  gap: number;
  /** Narrower tiles are of this form only where it has a row to itself. */
  leastWidth: number;
  /** The type scale up to which its texts may grow. */
  mostScale: number;
}

export const problemForms = {
  large: {
    padY: 16,
    padX: 24,
    glyph: 68,
    name: 50,
    site: 28,
    state: 32,
    timer: 66,
    since: 22,
    reason: 32,
    fact: 24,
    tag: 24,
    gap: 10,
    leastWidth: 480,
    mostScale: 1.9,
  },
  medium: {
    padY: 10,
    padX: 16,
    glyph: 36,
    name: 36,
    site: 22,
    state: 25,
    timer: 36,
    since: 0,
    reason: 25,
    fact: 20,
    tag: 20,
    gap: 4,
    leastWidth: 320,
    mostScale: 1.6,
  },
  compact: {
    padY: 6,
    padX: 14,
    glyph: 30,
    name: 36,
    site: 0,
    state: 24,
    timer: 0,
    since: 0,
    reason: 24,
    fact: 0,
    tag: 18,
    gap: 0,
    leastWidth: 380,
    mostScale: 1.3,
  },
} as const satisfies Record<string, ProblemForm>;
export type ProblemFormName = keyof typeof problemForms;

/** Whether a tile's form is one of problems. */
export function isProblemForm(form: string): form is ProblemFormName {
  return form in problemForms;
}

/** What of a problem is shown besides its name, state, reason and acknowledgement. */
export interface ShownParts {
  site: boolean;
  timer: boolean;
  since: boolean;
  lb: boolean;
  lbAge: boolean;
  spare: boolean;
  /** State and acknowledgement on the line of the name. */
  inline: boolean;
  /** How many edges are up, after the state word. */
  count: boolean;
}

export interface FittedProblem {
  heightPx: number;
  show: ShownParts;
}

export const lineHeight = { name: 1.15, text: 1.25, tag: 1.5 } as const;
/** Between texts on one line, as a multiple of the type scale. */
export const inlineGap = 14;
/** Horizontal padding of the acknowledgement's box, both sides. */
export const tagPad = 24;

/** The height that a problem needs at this width and type scale, and what it can show there. */
export function fitProblem(
  subject: WallSubject,
  formName: ProblemFormName,
  scale: number,
  widthPx: number,
  measure: TextWidth,
): FittedProblem {
  const form: ProblemForm = problemForms[formName];
  const setting = settingOf(form, Math.min(scale, form.mostScale), widthPx, measure);
  const { at, inner } = setting;
  const reason = setting.lines(subject.reason, 400, form.reason, inner) * at(form.reason) * lineHeight.text;
  const top = formName === 'compact' ? compactHead(subject, setting) : tallHead(subject, setting);
  const foot = formName === 'compact' ? { heightPx: 0, show: {} } : footOf(subject, setting);
  return {
    heightPx: 2 * at(form.padY) + top.heightPx + reason + foot.heightPx + 2 * at(form.gap),
    show: { ...noParts, ...top.show, ...foot.show },
  };
}

/** Nothing besides what is always shown. */
export const noParts: ShownParts = {
  site: false,
  timer: false,
  since: false,
  lb: false,
  lbAge: false,
  spare: false,
  inline: false,
  count: true,
};

interface Part {
  heightPx: number;
  show: Partial<ShownParts>;
}

/** A form at the type scale of its texts, in a tile of some width. Sizes are those of the form. */
interface Setting {
  form: ProblemForm;
  /** The width within the padding, pixels. */
  inner: number;
  /** A size of the form in pixels. */
  at(size: number): number;
  /** The width of a text in pixels, with that of a gap beside it. */
  width(text: string, weight: 400 | 600, size: number, gap?: number): number;
  /** How many lines a text takes in a width in pixels. */
  lines(text: string, weight: 400 | 600, size: number, roomPx: number): number;
}

function settingOf(form: ProblemForm, scale: number, widthPx: number, measure: TextWidth): Setting {
  const at = (size: number): number => size * scale;
  return {
    form,
    inner: widthPx - 2 * at(form.padX),
    at,
    width: (text, weight, size, gap = 0) => widthOf(measure, text, weight, at(size)) + at(gap),
    lines: (text, weight, size, roomPx) => linesOf(measure, text, weight, at(size), roomPx),
  };
}

/** Glyph, name with site, state below it, and the running time on the right. */
function tallHead(subject: WallSubject, { form, inner, at, width, lines }: Setting): Part {
  const room = inner - at(form.glyph) - at(inlineGap);
  const name = width(subject.name, 600, form.name);
  const state = width(subject.state, 600, form.state);
  const site = subject.site === '' ? 0 : width(subject.site, 400, form.site, inlineGap);
  const timer = width(subject.timer, 600, form.timer, inlineGap);
  const since = form.since === 0 ? Infinity : width(`since ${subject.since}`, 400, form.since, inlineGap);
  const hasTimer = subject.timer !== '';
  const fits = (beside: number, withSite: number): boolean =>
    name + withSite + beside <= room && state + beside <= room;

  const attempts: Partial<ShownParts>[] = [
    ...(hasTimer && subject.since !== '' && form.since > 0 && fits(Math.max(timer, since), site)
      ? [{ site: site > 0, timer: true, since: true }]
      : []),
    ...(hasTimer && fits(timer, site) ? [{ site: site > 0, timer: true }] : []),
    ...(hasTimer && fits(timer, 0) ? [{ timer: true }] : []),
    ...(fits(0, site) ? [{ site: site > 0 }] : []),
  ];
  const show = attempts[0] ?? {};
  const nameLines = attempts.length > 0 ? 1 : lines(subject.name, 600, form.name, room);
  const stateLines = attempts.length > 0 ? 1 : lines(subject.state, 600, form.state, room);
  const texts = nameLines * at(form.name) * lineHeight.name + stateLines * at(form.state) * lineHeight.text;
  const clock = show.timer ? at(form.timer) + (show.since ? at(form.since) * lineHeight.text : 0) : 0;
  return { heightPx: Math.max(texts, clock, at(form.glyph)), show };
}

/** Name, state and acknowledgement on one line where they fit, otherwise below each other. */
function compactHead(subject: WallSubject, { form, inner, at, width, lines }: Setting): Part {
  const room = inner - at(form.glyph) - at(inlineGap);
  const name = width(subject.name, 600, form.name);
  const state = width(subject.state, 600, form.state);
  const tag = width(subject.tag, 600, form.tag, tagPad);
  const tagHeight = at(form.tag) * lineHeight.tag;
  const nameHeight = at(form.name) * lineHeight.name;
  const fitsInline = (stateWidth: number): boolean => name + stateWidth + tag + 2 * at(inlineGap) <= room;
  if (fitsInline(state)) return { heightPx: nameHeight, show: { inline: true } };
  const word = width(subject.word, 600, form.state);
  if (fitsInline(word)) return { heightPx: nameHeight, show: { inline: true, count: false } };
  const nameLines = lines(subject.name, 600, form.name, room);
  const beside = state + tag + at(inlineGap) <= inner;
  const stateLines = lines(subject.state, 600, form.state, inner);
  const tagLines = lines(subject.tag, 600, form.tag, inner - at(tagPad));
  const stateHeight = stateLines * at(form.state) * lineHeight.text;
  return {
    heightPx:
      nameLines * nameHeight +
      (beside ? Math.max(stateHeight, tagHeight) : stateHeight + tagLines * tagHeight),
    show: {},
  };
}

/** LB and spare on the left, the acknowledgement on the right; below each other where it is too long. */
function footOf(subject: WallSubject, { form, inner, at, width, lines }: Setting): Part {
  const tag = width(subject.tag, 600, form.tag, tagPad);
  const room = inner - tag - at(inlineGap);
  const tagHeight = at(form.tag) * lineHeight.tag;
  const facts = (texts: string[]): boolean =>
    width(texts.filter((text) => text !== '').join(', '), 400, form.fact) <= room;
  const { lb, lbAge, spare } = subject;
  const show: Partial<ShownParts> =
    lb === ''
      ? {}
      : facts([lb, lbAge, spare])
        ? { lb: true, lbAge: lbAge !== '', spare: spare !== '' }
        : facts([lb, lbAge])
          ? { lb: true, lbAge: lbAge !== '' }
          : facts([lb])
            ? { lb: true }
            : {};
  const tagLines = Math.max(1, lines(subject.tag, 600, form.tag, inner - at(tagPad)));
  return { heightPx: tagLines * tagHeight, show };
}
