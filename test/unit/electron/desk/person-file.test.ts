import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PersonFile } from '../../../../electron/desk/person-file';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-people-'));
  file = path.join(folder, 'people.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const presence = { lookedMs: 5, wasHidden: false, unseen: { fromMs: 1, toMs: 5 } };

describe('when people looked last', () => {
  it('is kept for each person, over a restart', async () => {
    const before = new PersonFile(file);
    before.set('EU desk', presence);
    before.set('', { ...presence, unseen: null });
    await before.save();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const after = new PersonFile(file);
    expect(after.get('EU desk')).toEqual({ ...presence, wasHidden: true });
    expect(after.get('')?.unseen).toBeNull();
    expect(after.get('US desk')).toBeNull();
  });

  it('is as before the first look where the file is damaged or of somebody else', () => {
    for (const text of ['', '{', '{"people":{"x":{"lookedMs":"now"}}}', '[]']) {
      writeFileSync(file, text);
      expect(new PersonFile(file).get('x')).toBeNull();
    }
  });

  it('forgets who looked longest ago', async () => {
    const people = new PersonFile(file);
    for (let index = 0; index <= 100; index += 1) people.set(`p${index}`, presence);
    expect(people.get('p0')).toBeNull();
    expect(people.get('p1')).not.toBeNull();
    await people.save();
  });
});
