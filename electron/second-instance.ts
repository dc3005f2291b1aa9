import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { failureOf } from '../domain/contract/request-refused';
import { inventoryOf, previewOf } from '../monitor/inventory/inventory-file';
import { log } from '../monitor/log/log';
import type { MonitorSession } from '../monitor/usecases/monitor-session';
import type { OpenedFiles } from '../monitor/usecases/opened-files';
import { answerIdSchema, writeStartAnswer, type StartAnswer } from './start-answer';
import type { Startup } from './startup';
import type { AppWindow } from './window/app-window';
import { showMessage } from './window/dialogs';

/** What a second instance passes to the first before it exits. Paths are absolute. */
const passedOnSchema = z.object({
  inventoryFile: z.string().nullable(),
  openFile: z.string().nullable(),
  demo: z.boolean().default(false),
  /** A heron:// link was given; `DeepLinks` opens it. */
  link: z.unknown(),
  /** Arguments that only a new start could apply, as typed. */
  onlyAtStart: z.array(z.string()).default([]),
  answerId: answerIdSchema.nullable().default(null),
});
export type PassedOn = z.infer<typeof passedOnSchema>;

export interface FirstInstance {
  window: AppWindow;
  session: Pick<MonitorSession, 'storedInventory' | 'startInventory' | 'startDemo' | 'current'>;
  files: Pick<OpenedFiles, 'open' | 'opened' | 'status'>;
  startup: Pick<Startup, 'failed' | 'restart'>;
}

/** Publishes an answer for the terminal of the second instance. */
type Answer = (answer: StartAnswer) => Promise<void>;

/** Does what a second instance was asked, and writes each answer into the user data folder for its terminal. */
export async function answerSecondInstance(
  data: unknown,
  folder: string,
  first: FirstInstance,
): Promise<void> {
  const read = passedOnSchema.safeParse(data);
  if (!read.success) return first.window.bringToFront();
  const { answerId } = read.data;
  await handleSecondInstance(read.data, first, async (answer) => {
    if (answerId !== null) await writeStartAnswer(folder, answerId, answer);
  });
}

/**
 * Brings the window to the front and does what the second instance was asked: opens the file, or monitors the inventory or the
 * demo fleet if the person agrees. Each outcome is an answer for its terminal.
 */
export async function handleSecondInstance(
  passedOn: PassedOn,
  first: FirstInstance,
  answer: Answer,
): Promise<void> {
  first.window.bringToFront();
  try {
    await answer(await act(passedOn, first, answer));
  } catch (fault) {
    const failure = failureOf(fault);
    if (failure === null) throw fault;
    log.error('What a second instance asked for was refused:', fault);
    const detail = [failure.where, ...(failure.faults ?? []), failure.todo].join('\n');
    await answer({ state: 'refused', words: `${failure.what}\n${detail}` });
    await tell(first, { type: 'error', message: failure.what, detail });
  }
}

async function act(passedOn: PassedOn, first: FirstInstance, answer: Answer): Promise<StartAnswer> {
  const { inventoryFile, openFile, demo, link, onlyAtStart } = passedOn;
  const asksForTarget = inventoryFile !== null || openFile !== null || demo;
  if (onlyAtStart.length > 0) return closeItFirst(onlyAtStart.join(' '), first);
  if (first.startup.failed && asksForTarget) return restart(passedOn, first);
  if (openFile !== null) return open(openFile, first);
  if (asksForTarget) return replaceMonitored(passedOn, first, answer);
  const running = await runningWords(first);
  if (first.startup.failed) return { state: 'refused', words: running };
  return { state: 'done', words: `${running} Its window ${link ? 'shows the link' : 'came to the front'}.` };
}

async function open(file: string, { files }: FirstInstance): Promise<StartAnswer> {
  if (await files.open(file)) return { state: 'done', words: `Heron is already running. It opened ${file}.` };
  const refused = files.status().refused;
  return {
    state: 'refused',
    words:
      refused === null ? `${file} was not opened.` : `${refused.what}\n${refused.where}\n${refused.todo}`,
  };
}

/** After a failed start nothing is monitored, so there is nothing to confirm. */
async function restart(
  { inventoryFile, openFile, demo }: PassedOn,
  { startup }: FirstInstance,
): Promise<StartAnswer> {
  const started = await startup.restart({ inventoryFile, openFile, demo });
  return started
    ? { state: 'done', words: 'Heron was open after a failed start. It has started now.' }
    : { state: 'refused', words: 'Heron could not start. Its window shows why.' };
}

async function closeItFirst(what: string, first: FirstInstance): Promise<StartAnswer> {
  const words = `${await runningWords(first)} Close it first to start with ${what}.`;
  void tell(first, {
    type: 'info',
    message: 'Heron is already running.',
    detail: `${words} Nothing was changed.`,
  });
  return { state: 'refused', words: `${words} Nothing was changed.` };
}

async function replaceMonitored(
  { inventoryFile }: PassedOn,
  first: FirstInstance,
  answer: Answer,
): Promise<StartAnswer> {
  const { session, files, window } = first;
  const running = await runningWords(first);
  const what = inventoryFile ?? 'the demo fleet';
  if (files.opened !== null) return closeItFirst(what, first);
  const content = inventoryFile === null ? null : await inventoryOf(inventoryFile);
  const { mode } = await session.current();
  let change = '';
  if (content !== null && inventoryFile !== null) {
    const { added, changed, removed } = previewOf(inventoryFile, content, await session.storedInventory());
    if (mode === 'inventory' && added.length + changed.length + removed.length === 0)
      return { state: 'done', words: `${running} ${inventoryFile} is the same inventory.` };
    change = `${added.length} added, ${changed.length} changed, ${removed.length} removed.`;
  } else if (mode === 'demo') return { state: 'done', words: running };
  if (window.current === null) return closeItFirst(what, first);
  await window.attended('Heron was started again with another inventory: leave the wall');
  await answer({ state: 'asking', words: `${running} Its window asks whether to monitor ${what} instead.` });
  if (window.current === null) return closeItFirst(what, first);
  const chosen = await showMessage(window.current, {
    type: 'question',
    message: content === null ? 'Show the demo fleet?' : 'Monitor this inventory?',
    detail: [running, what, change].filter((line) => line !== '').join('\n'),
    buttons: ['Keep the current one', content === null ? 'Show the demo fleet' : 'Monitor this inventory'],
    defaultId: 1,
    cancelId: 0,
  });
  if (chosen !== 1) return { state: 'refused', words: `Nothing was changed. ${running}` };
  if (content === null || inventoryFile === null) await session.startDemo();
  else await session.startInventory(content, inventoryFile);
  return { state: 'done', words: `Heron monitors ${what} now.` };
}

/** "Heron is already running with the demo fleet." */
async function runningWords({ session, files, startup }: FirstInstance): Promise<string> {
  if (startup.failed) return 'Heron is already open, but could not start. Its window shows why.';
  if (files.opened !== null) return `Heron is already running with the file ${files.opened.file} open.`;
  const { mode, source } = await session.current();
  return `Heron is already running with ${mode === 'demo' ? 'the demo fleet' : source}.`;
}

/** Shows a message above the window, if there is one. */
async function tell(
  { window }: FirstInstance,
  message: { type: 'error' | 'info'; message: string; detail: string },
): Promise<void> {
  await window.attended('Heron was started again and refused something: leave the wall');
  const current: BrowserWindow | null = window.current;
  if (current !== null) await showMessage(current, { ...message, buttons: ['Close'] });
}
