import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { makeExtract } from '../../db/extract/make-extract';
import { noonMs } from '../fixtures/history/history-entries';
import { signExtractBy, testSigner } from '../fixtures/history/test-signer';
import { tamper } from '../fixtures/history/tamper';
import { watchHours } from '../fixtures/history/monitored-hours';
import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { exampleInventory, expect, temporaryFolder, test } from './support/heron';
import { banner, drop, stateOf, timeShown, userDataTrusting } from './support/opened-file';
import { runHeron } from './support/processes';

const hourMs = 3_600_000;
const pageBytes = 4096;
const hugeBytes = 6 * 1024 ** 3;
let made: ReturnType<typeof temporaryFolder>;
let [history, good] = ['', ''];
const signer = testSigner('noc');

test.beforeAll(() => {
  made = temporaryFolder();
  history = path.join(made.path, 'copied', 'history.sqlite');
  good = path.join(made.path, 'good', 'good.heron');
  for (const file of [history, good]) mkdirSync(path.dirname(file));
  watchHours(history, 5, signer);
  const range = { fromMs: noonMs + 2 * hourMs, toMs: noonMs + 4 * hourMs };
  const asked = { clusterIds: null, redact: false, nowMs: noonMs + 9 * hourMs, version: 'test' };
  signExtractBy(signer, makeExtract({ file: history, out: good, range, ...asked }));
  rmSync(`${history}.lock`, { force: true });
});
test.afterAll(() => made.remove());

/** Noise over a page of the file, at about this part of it. */
function overwrite(file: string, part: number): void {
  const descriptor = openSync(file, 'r+');
  const page = Math.floor((statSync(file).size * part) / pageBytes);
  writeSync(descriptor, Buffer.alloc(pageBytes, 0x5a), 0, pageBytes, page * pageBytes);
  closeSync(descriptor);
}

const refusal = (page: Page) => page.getByRole('alert').filter({ hasText: 'Not opened' });
const showsFile = (page: Page, name: string): Promise<void> =>
  expect(banner(page)).toContainText(name, { timeout: 20_000 });

/** What opening must leave as it is. A huge file is told by its size and its time. */
function sealedState(file: string): unknown {
  const { size, mtimeMs } = statSync(file);
  return size > 2 ** 31 ? { size, mtimeMs } : stateOf(file);
}

test('a file comes in by every door: command line, drop, second start, the system; a dropped text does not', async ({
  start,
  folder,
}, info) => {
  const [goodBefore, historyBefore] = [stateOf(good), stateOf(history)];
  const heron = await start([good], userDataTrusting(folder, signer.fingerprint));
  const { page } = heron;
  await showsFile(page, 'Incident file good.heron');
  await expect(banner(page)).toContainText('Verified', { timeout: 20_000 });
  await expect(timeShown(page)).toContainText('FILE');
  const status = page.getByRole('contentinfo', { name: 'Status' });
  await expect(status).toContainText('A file is open, not monitoring');
  await expect(status).not.toContainText('polled every');
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toHaveCount(0);

  await drop(page, { text: 'heron://wall' });
  await drop(page, { files: [history] });
  await showsFile(page, 'History file history.sqlite');
  await expect(banner(page)).toContainText('Verified', { timeout: 20_000 });

  const second = await runHeron(info.project.name, ['--user-data', heron.userData, good]);
  expect(second.code).toBe(0);
  await showsFile(page, 'Incident file good.heron');
  expect(heron.app.windows()).toHaveLength(1);

  // As macOS hands over a file that was opened in the Finder.
  const prevented = await heron.app.evaluate(({ app }, file) => {
    let refusedDefault = false;
    const event = { preventDefault: () => (refusedDefault = true) };
    app.emit('open-file', event, file);
    return refusedDefault;
  }, history);
  expect(prevented).toBe(true);
  await showsFile(page, 'History file history.sqlite');
  expect([stateOf(good), stateOf(history)]).toEqual([goodBefore, historyBefore]);
});

test('an incident file opens on what it is about from any view, and closing it goes back to that view', async ({
  start,
  folder,
}) => {
  const heron = await start(['--inventory', exampleInventory], userDataTrusting(folder, signer.fingerprint));
  const { page } = heron;
  await page.getByRole('link', { name: 'Edges' }).click();
  await expect(page).toHaveURL(/#\/edges$/);
  await drop(page, { files: [good] });
  await showsFile(page, 'Incident file good.heron');
  await expect(page).toHaveURL(/#\/(incident\/\d+|timeline)$/);
  // What the person does next is not undone when the page is loaded anew.
  await page.getByRole('link', { name: 'Events' }).click();
  await page.reload();
  await showsFile(page, 'Incident file good.heron');
  await expect(page).toHaveURL(/#\/events/);
  await banner(page).getByRole('button', { name: 'Close the file' }).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(timeShown(page)).toContainText('LIVE');
  await expect(page).toHaveURL(/#\/edges$/);
});

test('a heron:// link leads to its view and second, from every side; what is none leads nowhere', async ({
  start,
}, info) => {
  const iso = (ms: number): string => new Date(ms).toISOString();
  const at = noonMs + 2.25 * hourMs;
  const heron = await start([history, `heron://cluster/fra-01?t=${iso(at)}`]);
  const { page } = heron;
  const cluster = page.getByRole('article', { name: 'Cluster fra-01' });
  await expect(cluster).toBeVisible({ timeout: 20_000 });
  await expect(timeShown(page)).toContainText('PAST');
  await expect(timeShown(page)).toContainText(`${iso(at).slice(11, 19)}.0`);

  const link = async (text: string): Promise<void> => {
    const { code } = await runHeron(info.project.name, ['--user-data', heron.userData, text]);
    expect(code).toBe(0);
  };
  await link(`heron://timeline?from=${iso(noonMs + 2 * hourMs)}&to=${iso(noonMs + 3 * hourMs)}`);
  await expect(page.getByRole('application', { name: /^Timeline/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^1 Failover/ })).toBeVisible();

  const systemLink = (text: string): Promise<void> =>
    heron.app.evaluate(({ app }, url) => {
      app.emit('open-url', { preventDefault: () => undefined }, url);
    }, text);
  const incidents = await ask(page, 'incidents.list', {
    clusterId: 'fra-01',
    fromMs: null,
    toMs: null,
    beforeId: null,
    limit: 5,
  });
  const id = incidents.incidents[0]?.id ?? 0;
  await systemLink(`heron://incident/${id}`);
  await expect(page.getByRole('article', { name: /in fra-01/i })).toBeVisible();
  const before = page.url();
  for (const bad of ['heron://shell/run', 'heron://incident/../../x', `heron://cluster/${'a'.repeat(600)}`]) {
    await systemLink(bad);
  }
  await expect.poll(() => heron.log().split('A heron:// link was refused').length).toBe(4);
  expect(page.url()).toBe(before);
  await systemLink('heron://incident/987654');
  await expect(page.getByText('There is no such incident')).toBeVisible();
  await systemLink('heron://wall');
  await expect(page.getByRole('main', { name: 'Wall' })).toContainText('fra-01');
});

test(
  'a bad file is opened read-only or refused, said plainly with what to do, and stays as it was',
  { tag: '@checkout' },
  async ({ start, folder }) => {
    const heron = await start([history], userDataTrusting(folder, signer.fingerprint));
    const { page } = heron;
    await showsFile(page, 'History file history.sqlite');
    /** A copy of the good file in a folder of its own, made bad. */
    const bad = (name: string, spoil: (file: string) => void): string => {
      const folder = path.join(made.path, name);
      mkdirSync(folder);
      const file = path.join(folder, `${name}.heron`);
      copyFileSync(good, file);
      spoil(file);
      return file;
    };
    const altered = (name: string, sql: string): string => bad(name, (file) => void tamper(good, file, sql));

    const refusedFiles: [file: string, what: RegExp, todo: RegExp][] = [
      [bad('letter', (file) => writeFileSync(file, 'Dear colleague,\n')), /not a history/, /that Heron made/],
      [bad('empty', (file) => truncateSync(file, 0)), /empty: 0 bytes/, /Ask for it again/],
      [bad('inventory', (file) => writeFileSync(file, '{"clusters": []}')), /JSON file/, /under Settings/],
      [altered('newer', 'PRAGMA user_version = 9999'), /version 9999/, /newer Heron|Update/i],
      [altered('view', 'CREATE VIEW x AS SELECT 1'), /"view x" is not one of Heron’s/, /another copy/],
      [bad('cut-off', (file) => truncateSync(file, 20_000)), /damaged|cut/i, /copy|again/i],
      [
        bad('zeros', (file) => {
          writeFileSync(file, '');
          truncateSync(file, hugeBytes);
        }),
        /not a history/,
        /that Heron made/,
      ],
    ];
    for (const [file, what, todo] of refusedFiles) {
      const before = sealedState(file);
      await drop(page, { files: [file] });
      await expect(refusal(page)).toContainText(file, { timeout: 20_000 });
      await expect(refusal(page)).toContainText(what);
      await expect(refusal(page)).toContainText(todo);
      // What was open stays open.
      await expect(banner(page)).toContainText('history.sqlite');
      expect(sealedState(file)).toEqual(before);
      if (file === refusedFiles[0]?.[0]) expect(await violationsIn(page, 'a refused file')).toEqual([]);
      await refusal(page).getByRole('button', { name: 'Dismiss' }).click();
      await expect(refusal(page)).toHaveCount(0);
    }

    const openedFiles: [file: string, found: RegExp][] = [
      [
        altered(
          'tampered',
          "UPDATE events SET body = replace(body, '-01-02', '-01-03') WHERE id = (SELECT max(id) FROM events)",
        ),
        /Not verified: altered or damaged\..*events row \d+/,
      ],
      [
        bad('damaged', (file) => overwrite(file, 0.6)),
        /Not verified: altered or damaged\..*(damaged|row|SQLite)/,
      ],
      [bad('huge', (file) => truncateSync(file, hugeBytes)), /Not verified: altered or damaged\..*bytes/],
    ];
    for (const [file, found] of openedFiles) {
      const before = sealedState(file);
      await drop(page, { files: [file] });
      await showsFile(page, path.basename(file));
      await expect(banner(page)).toContainText(found, { timeout: 30_000 });
      await expect(refusal(page)).toHaveCount(0);
      expect(sealedState(file)).toEqual(before);
    }
  },
);

test('a file made to do harm is refused in words, and what was open stays open', async ({
  start,
  folder,
}) => {
  const { page } = await start([history], userDataTrusting(folder, signer.fingerprint));
  await showsFile(page, 'History file history.sqlite');
  const harmful = path.join(made.path, 'harmful');
  mkdirSync(harmful);
  const bomb = path.join(harmful, 'bomb.heron');
  tamper(good, bomb, 'CREATE TABLE b (a); ALTER TABLE b ADD COLUMN c AS (hex(zeroblob(400000000)))');
  const log = path.join(harmful, 'log.heron');
  copyFileSync(good, log);
  mkdirSync(`${log}-wal`);
  for (const [file, what] of [
    [bomb, /"table b" is not one of Heron’s/],
    [log, /next to the file is a folder/],
  ] as const) {
    await drop(page, { files: [file] });
    await expect(refusal(page)).toContainText(file, { timeout: 20_000 });
    await expect(refusal(page)).toContainText(what);
    await expect(banner(page)).toContainText('history.sqlite');
    await refusal(page).getByRole('button', { name: 'Dismiss' }).click();
    await expect(refusal(page)).toHaveCount(0);
  }
});
