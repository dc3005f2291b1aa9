import { parseMoment } from '../../domain/calendar/parse-moment';
import { fullMoment } from '../../domain/words/clock';
import type { Key, KeyContext, KeyResult } from './wall-key';
import type { Prompt, WallUi } from './wall-state';

const longestInput = 200;

/** Applies a key to the line that is being typed. */
export function promptKey(ui: WallUi, prompt: Prompt, { name, text }: Key, context: KeyContext): KeyResult {
  if (name === 'escape') return stay({ ...ui, prompt: null, find: prompt.kind === 'find' ? '' : ui.find });
  if (name === 'return' || name === 'enter') return answered({ ...ui, prompt: null }, prompt, context);
  const typed =
    name === 'backspace' ? Array.from(prompt.text).slice(0, -1).join('') : prompt.text + printableOf(text);
  const next = { ...prompt, text: typed.slice(0, longestInput) };
  return stay({ ...ui, prompt: next, find: prompt.kind === 'find' ? next.text : ui.find });
}

function printableOf(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '');
}

function answered(ui: WallUi, prompt: Prompt, context: KeyContext): KeyResult {
  switch (prompt.kind) {
    case 'find':
      return stay({ ...ui, find: prompt.text });
    case 'acknowledge':
      if (prompt.clusterId === null) return stay(ui);
      return { ui, effect: { kind: 'acknowledge', clusterId: prompt.clusterId, words: prompt.text.trim() } };
    case 'time':
      return travelTo(ui, prompt.text, context);
  }
}

function travelTo(ui: WallUi, text: string, { data, latestMs }: KeyContext): KeyResult {
  if (text.trim() === '') return { ui, effect: { kind: 'travel', atMs: null } };
  const moment = parseMoment(text, data.zone, latestMs);
  switch (moment.kind) {
    case 'at':
      return { ui, effect: { kind: 'travel', atMs: moment.atMs } };
    case 'twice':
      return stay({
        ...ui,
        message: `The clocks showed this twice. Write ${moment.atMs.map((ms) => fullMoment(ms, 'utc')).join(' or ')}.`,
      });
    case 'skipped':
      return stay({ ...ui, message: 'The clocks were put forward over this time.' });
    case 'none':
      return stay({
        ...ui,
        message: 'This is no time. Write 14:02, 14:02:13.4, 2026-11-22 14:02, -5m or yesterday.',
      });
  }
}

function stay(ui: WallUi): KeyResult {
  return { ui, effect: null };
}
