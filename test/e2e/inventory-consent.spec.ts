import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ask } from './support/ask';
import { rows } from './support/wall';
import { calmDemo, expect, test, type Heron } from './support/heron';

/** Answers Heron's question about passwords with this button, and notes what it asked. */
async function answerWith(heron: Heron, button: 0 | 1): Promise<void> {
  await heron.app.evaluate(({ dialog }, response) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = ((...given: unknown[]) => {
      asked.push((given.at(-1) as { detail: string }).detail);
      return Promise.resolve({ response, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  }, button);
}

const questions = (heron: Heron): Promise<string[]> =>
  heron.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

test('an imported inventory gets no other variable than Heron’s before the person allows it, and is asked about once', async ({
  start,
  folder,
}) => {
  const heron = await start(calmDemo);
  const file = path.join(folder, 'from-elsewhere.json');
  const edge = {
    name: 'e-01',
    deployment: 'standalone',
    proxyIp: '192.0.2.9',
    snmp: { host: '127.0.0.1', port: 9, credential: 'c' },
  };
  const credentials = [{ name: 'c', version: '2c', communityEnv: 'AWS_SECRET_ACCESS_KEY' }];
  writeFileSync(file, JSON.stringify({ credentials, clusters: [], standaloneEdges: [edge] }));
  await heron.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  const importFile = async (): Promise<void> => {
    await ask(heron.page, 'inventory.choose', undefined);
    await ask(heron.page, 'inventory.import', { file });
  };

  await answerWith(heron, 0);
  await importFile();
  await expect.poll(() => questions(heron)).toHaveLength(1);
  expect((await questions(heron))[0]).toContain(
    'environment variable AWS_SECRET_ACCESS_KEY, sent unencrypted (SNMPv2c), to 127.0.0.1',
  );
  await expect.poll(() => heron.log()).toContain('may not use this password until it is allowed');

  // The page is loaded anew for the other history.
  await expect(rows(heron.page).filter({ hasText: 'e-01' })).toHaveCount(1);
  await answerWith(heron, 1);
  await importFile();
  await expect.poll(() => questions(heron)).toHaveLength(1);
  await importFile();
  expect(await questions(heron)).toHaveLength(1);
});
