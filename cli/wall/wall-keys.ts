import { canBeAcknowledged } from '../../domain/words/acknowledgements';
import { allItems, itemsOf, selectedItem, type Item } from './items';
import { selectedIndex } from './event-lines';
import { promptKey } from './prompt-keys';
import type { Key, KeyContext, KeyResult } from './wall-key';
import { openPage, type Page, type WallUi } from './wall-state';

const letterNames: Readonly<Record<string, string>> = { j: 'down', k: 'up', g: 'home', G: 'end' };

/** Applies a key. The same keys as in the window (renderer/state/window/use-shortcuts.ts). */
export function pressKey(before: WallUi, key: Key, context: KeyContext): KeyResult {
  const ui = { ...before, message: null };
  if (key.ctrl) return controlKey(ui, key);
  if (ui.prompt !== null) return promptKey(ui, ui.prompt, key, context);
  const name = letterNames[key.text] ?? key.name;
  const step = stepOf(name, context);
  if (step !== null) return { ui: moved(ui, step, name, context), effect: null };
  return commandKey(ui, name, key.text, context);
}

function controlKey(ui: WallUi, { name }: Key): KeyResult {
  switch (name) {
    case 'c':
    case 'd':
      return { ui, effect: { kind: 'quit' } };
    case 'z':
      return { ui, effect: { kind: 'suspend' } };
    case 'l':
      return { ui, effect: { kind: 'redraw' } };
    case 'u':
      return { ui: ui.prompt ? { ...ui, prompt: { ...ui.prompt, text: '' } } : ui, effect: null };
    default:
      return { ui, effect: null };
  }
}

function commandKey(ui: WallUi, name: string, text: string, context: KeyContext): KeyResult {
  switch (name) {
    case 'return':
    case 'enter':
      return stay(opened(ui, context));
    case 'escape':
    case 'backspace':
      return stay(back(ui));
    case 'q':
      return ui.pages.length > 1 ? stay(back(ui)) : { ui, effect: { kind: 'quit' } };
  }
  switch (text) {
    case 'a':
      return stay(askToAcknowledge(ui, context));
    case '/':
      return stay({
        ...ui,
        pages: ui.pages.slice(0, 1),
        prompt: { kind: 'find', text: '', clusterId: null },
      });
    case 't':
      return stay({ ...ui, prompt: { kind: 'time', text: '', clusterId: null } });
    case 'l':
      return { ui, effect: { kind: 'travel', atMs: null } };
    case 'p':
      return stay({ ...ui, problemsOnly: !ui.problemsOnly });
    case 'e':
      return stay(push(ui, { kind: 'events', clusterId: pageCluster(ui), selected: null }));
    case 'f':
      return stay(openFailover(ui, context));
    case '?':
      return stay(openPage(ui).kind === 'help' ? back(ui) : push(ui, { kind: 'help' }));
    default:
      return stay(ui);
  }
}

function stay(ui: WallUi): KeyResult {
  return { ui, effect: null };
}

function push(ui: WallUi, page: Page): WallUi {
  return { ...ui, pages: [...ui.pages, page], scroll: 0 };
}

/** The page before; on the wall, everything is shown again. */
function back(ui: WallUi): WallUi {
  if (ui.pages.length > 1) return { ...ui, pages: ui.pages.slice(0, -1), scroll: 0 };
  return { ...ui, find: '', problemsOnly: false };
}

/** By how many rows a key moves; infinite: to the end. Null: it does not move. */
function stepOf(name: string, { pageLines }: KeyContext): number | null {
  const steps: Record<string, number> = {
    down: 1,
    up: -1,
    right: 1,
    left: -1,
    pagedown: pageLines,
    pageup: -pageLines,
    home: -Infinity,
    end: Infinity,
  };
  return steps[name] ?? null;
}

function moved(ui: WallUi, step: number, name: string, context: KeyContext): WallUi {
  const page = openPage(ui);
  if (page.kind === 'wall') return { ...ui, selected: movedItem(ui, step, name, context)?.key ?? null };
  if (page.kind === 'failover' && (name === 'left' || name === 'right'))
    return otherFailover(ui, page, name, context);
  if (page.kind !== 'events')
    return { ...ui, scroll: Math.max(0, Math.min(context.mostScroll, ui.scroll + step)) };
  const events = context.data.events ?? [];
  const next = Math.max(0, Math.min(events.length - 1, selectedIndex(events, page.selected) + step));
  return { ...ui, pages: [...ui.pages.slice(0, -1), { ...page, selected: events[next]?.id ?? null }] };
}

/** Left: the failover before this one; right: the last one again. */
function otherFailover(
  ui: WallUi,
  page: Extract<Page, { kind: 'failover' }>,
  name: 'left' | 'right',
  { data }: KeyContext,
): WallUi {
  const shown = data.failover;
  if (name === 'left' && (shown === null || shown === 'none')) return ui;
  const eventId = name === 'left' && shown !== null && shown !== 'none' ? shown.id - 1 : null;
  return { ...ui, pages: [...ui.pages.slice(0, -1), { ...page, eventId }], scroll: 0 };
}

/** Within the grid, up and down move by its columns. */
function movedItem(ui: WallUi, step: number, name: string, { data, gridColumns }: KeyContext): Item | null {
  const items = itemsOf(data.snapshot.clusters, ui);
  const all = allItems(items);
  const selected = selectedItem(items, ui.selected)?.key;
  const at = Math.max(
    0,
    all.findIndex(({ key }) => key === selected),
  );
  const firstOther = items.problems.length + items.outages.length;
  const vertical = name === 'down' || name === 'up';
  const inGrid = at >= firstOther;
  const wide = vertical && inGrid ? step * gridColumns : step;
  const leavesUp = inGrid && vertical && step < 0 && at + wide < firstOther;
  const next = leavesUp ? firstOther - 1 : at + wide;
  return all[Math.max(0, Math.min(all.length - 1, next))] ?? null;
}

function selectedCluster(ui: WallUi, { data }: KeyContext): { id: string } | null {
  const known = pageCluster(ui);
  if (known !== null) return { id: known };
  return selectedItem(itemsOf(data.snapshot.clusters, ui), ui.selected)?.cluster ?? null;
}

/** The cluster that the open page is about. */
function pageCluster(ui: WallUi): string | null {
  const page = openPage(ui);
  return 'clusterId' in page ? page.clusterId : null;
}

function opened(ui: WallUi, context: KeyContext): WallUi {
  const page = openPage(ui);
  if (page.kind === 'events') {
    const event = selectedEvent(page, context);
    const clusterId = event && 'clusterId' in event ? event.clusterId : null;
    return clusterId === null
      ? { ...ui, message: 'This event belongs to no cluster.' }
      : push(ui, { kind: 'cluster', clusterId });
  }
  if (page.kind !== 'wall') return ui;
  const cluster = selectedCluster(ui, context);
  return cluster ? push(ui, { kind: 'cluster', clusterId: cluster.id }) : ui;
}

function selectedEvent(page: Extract<Page, { kind: 'events' }>, { data }: KeyContext) {
  const events = data.events ?? [];
  return events[selectedIndex(events, page.selected)]?.event ?? null;
}

function openFailover(ui: WallUi, context: KeyContext): WallUi {
  const page = openPage(ui);
  if (page.kind === 'failover') return ui;
  if (page.kind === 'events') {
    const events = context.data.events ?? [];
    const recorded = events[selectedIndex(events, page.selected)];
    if (recorded?.event.type === 'failover' || recorded?.event.type === 'failback')
      return push(ui, { kind: 'failover', clusterId: recorded.event.clusterId, eventId: recorded.id });
    return { ...ui, message: 'This event is no failover. Select one, and press f.' };
  }
  const cluster = selectedCluster(ui, context);
  return cluster ? push(ui, { kind: 'failover', clusterId: cluster.id, eventId: null }) : ui;
}

function askToAcknowledge(ui: WallUi, context: KeyContext): WallUi {
  if (context.acknowledgeRefusal !== null) return { ...ui, message: context.acknowledgeRefusal };
  const id = selectedCluster(ui, context)?.id;
  const cluster = context.data.snapshot.clusters.find((one) => one.id === id);
  if (!cluster || !canBeAcknowledged(cluster))
    return { ...ui, message: 'There is no problem to acknowledge here.' };
  return { ...ui, prompt: { kind: 'acknowledge', text: '', clusterId: cluster.id } };
}
