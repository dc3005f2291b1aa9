import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAnchor, type Anchor } from '../../../db/chain/anchor';
import { fingerprintOf } from '../../../db/chain/signed-text';
import { tamper } from '../../fixtures/history/tamper';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-audit-'));
const history = path.join(folder, 'history.sqlite');
const anchorOut = path.join(folder, 'vault', 'anchor.json');
const posted: Anchor[] = [];
let server: Server;
let key = '';

interface Said {
  status: number;
  stdout: string;
  stderr: string;
}

function heron(...args: string[]): Promise<Said> {
  return heronWith({}, ...args);
}

function heronWith(env: Record<string, string>, ...args: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const cli = path.join(root, 'out/cli/heron.js');
    const options = { timeout: 30_000, env: { ...process.env, ...env } };
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      const code = error && typeof error.code === 'number' ? error.code : error ? -1 : 0;
      resolve({ status: code, stdout, stderr });
    });
  });
}

/** A second of watching two edges that are not there; kept, signed, anchored in a file and at a server. */
beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      posted.push(parseAnchor(body));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mkdirSync(path.dirname(anchorOut));
  const inventory = path.join(folder, 'inventory.json');
  writeFileSync(
    inventory,
    JSON.stringify({
      credentials: [],
      clusters: [],
      standaloneEdges: [{ name: 'lab-01', deployment: 'standalone', proxyIp: '127.0.0.1' }],
    }),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/heron`;
  const watched = await heron(
    ...['watch', '--inventory', inventory, '--db', history, '--seconds', '1.5'],
    ...['--anchor-file', anchorOut, '--anchor-url', url],
  );
  expect(watched, watched.stderr).toMatchObject({ status: 0 });
  key = /Signed by ([0-9a-f]{64})/.exec(watched.stderr)?.[1] ?? '';
}, 60_000);

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('heron watch --db', () => {
  it('signs with a key of its owner’s alone, and anchors where it was told', () => {
    expect(statSync(`${history}.signing-key`).mode & 0o777).toBe(0o600);
    const anchor = parseAnchor(readFileSync(anchorOut, 'utf8'));
    expect(fingerprintOf(anchor.publicKey ?? '')).toBe(key);
    expect(posted.at(-1)).toEqual(anchor);
    const bytes = readFileSync(history);
    const { secret } = JSON.parse(readFileSync(`${history}.signing-key`, 'utf8')) as { secret: string };
    expect(bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'base64'))).toBe(false);
  });
});

describe('heron extract', () => {
  it('signs a part of the history with its key, but not of one that was altered', async () => {
    const altered = tamper(
      history,
      path.join(folder, 'to-cut.sqlite'),
      "UPDATE monitor_runs SET host = 'elsewhere'",
    );
    const keyFile = `${history}.signing-key`;
    for (const redact of [[], ['--redact']]) {
      const cut = (file: string, out: string) =>
        heron('extract', '--db', file, '--out', out, '--signing-key', keyFile, ...redact);
      const genuine = path.join(folder, `genuine${redact.length}.heron`);
      expect(await cut(history, genuine)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(`Signed by ${key}.`),
      });
      expect(await heron('audit', 'verify', genuine, '--key', key)).toMatchObject({ status: 0 });
      const forged = path.join(folder, `forged${redact.length}.heron`);
      expect((await cut(altered, forged)).stdout).toMatch(/Not signed.*the history is not verified/);
      expect(await heron('audit', 'verify', forged, '--key', key)).toMatchObject({ status: 1 });
    }
  }, 60_000);

  it('claims no more of a part than of a history to which rows were appended after its last signature', async () => {
    const appended = tamper(
      history,
      path.join(folder, 'appended.sqlite'),
      `INSERT INTO monitor_runs SELECT id + 1, watched_until_ms + 1000, watched_until_ms + 60000, 'running', version, host, time_zone
         FROM monitor_runs ORDER BY id DESC LIMIT 1`,
    );
    const whole = await heron('audit', 'verify', appended, '--key', key);
    expect(whole, whole.stdout).toMatchObject({ status: 3 });
    for (const redact of [[], ['--redact']]) {
      const part = path.join(folder, `appended${redact.length}.heron`);
      const keyFile = `${history}.signing-key`;
      const cut = await heron(
        'extract',
        '--db',
        appended,
        '--out',
        part,
        '--signing-key',
        keyFile,
        ...redact,
      );
      expect(cut, cut.stderr).toMatchObject({ stdout: expect.stringContaining(`Signed by ${key}.`) });
      const verified = await heron('audit', 'verify', part, '--key', key);
      expect(verified, verified.stdout).toMatchObject({
        status: 3,
        stdout: expect.stringContaining('The history was proven only up to 20'),
      });
    }
  }, 60_000);
});

describe('heron audit verify', () => {
  it('prints a line a check, and exits with 0', async () => {
    const said = await heron('audit', 'verify', history, '--key', key, '--anchor', anchorOut);
    expect(said).toMatchObject({ status: 0, stderr: '' });
    const lines = said.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(16);
    expect(lines[1]).toMatch(/^ok {4}events +\d+ rows {2}/);
    expect(lines.at(-1)).toMatch(new RegExp(`^VERIFIED, signed by ${key} on 20`));
    const json = JSON.parse((await heron('audit', 'verify', history, '--json')).stdout) as { firstBad: null };
    expect(json.firstBad).toBeNull();
  });

  it('reads from a read-only folder, and leaves nothing beside the file', async () => {
    const shelf = path.join(folder, 'shelf');
    mkdirSync(shelf);
    copyFileSync(history, path.join(shelf, 'copy.sqlite'));
    chmodSync(shelf, 0o555);
    const said = await heron('audit', 'verify', path.join(shelf, 'copy.sqlite'), '--key', key);
    expect(said).toMatchObject({ status: 0 });
    expect(readdirSync(shelf)).toEqual(['copy.sqlite']);
    chmodSync(shelf, 0o755);
  });

  it('exits with 1 for a key that is not trusted, and with 0 once it is', async () => {
    const env = { XDG_CONFIG_HOME: path.join(folder, 'config') };
    const unknown = await heronWith(env, 'audit', 'verify', history);
    expect(unknown).toMatchObject({ status: 1, stdout: expect.stringContaining(`compare ${key} with`) });
    const hostile = '\u001b[2K\u001b[1GVERIFIED';
    expect(await heronWith(env, 'audit', 'trust', key, '--name', hostile)).toMatchObject({ status: 0 });
    const listed = await heronWith(env, 'audit', 'trust');
    expect(listed.stdout).toContain(`${key}  \\u001b[2K`);
    expect(await heronWith(env, 'audit', 'verify', history)).toMatchObject({ status: 0 });
    expect(await heronWith(env, 'audit', 'trust', key, '--remove')).toMatchObject({ status: 0 });
    expect(await heronWith(env, 'audit', 'verify', history)).toMatchObject({ status: 1 });
  });

  it('names the first bad record, and exits with 1', async () => {
    const copy = tamper(
      history,
      path.join(folder, 'altered.sqlite'),
      "UPDATE monitor_runs SET host = 'elsewhere'",
    );
    const said = await heron('audit', 'verify', copy);
    expect(said.status).toBe(1);
    expect(said.stdout).toMatch(/^bad {3}monitor runs .*monitor_runs row 1 was changed/m);
    expect(said.stdout).toMatch(/NOT VERIFIED\. First bad record: table monitor_runs, row 1\./);
    const stranger = await heron('audit', 'verify', history, '--key', '0'.repeat(64));
    expect(stranger.status).toBe(1);
    expect(stranger.stdout).toMatch(/it was sealed by another/);
    expect(stranger.stdout.trimEnd().split('\n').at(-1)).toMatch(/^NOT VERIFIED\./);
  });

  it('exits with 2 for wrong use, and for what is no history', async () => {
    const text = path.join(folder, 'inventory.json');
    expect(await heron('audit', 'verify', text)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/not a SQLite file.*Choose a Heron history or incident file\./s),
    });
    expect(await heron('audit', 'verify', path.join(folder, 'none'))).toMatchObject({ status: 2 });
    expect(await heron('audit', 'verify', history, '--key', 'abc')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--key must be a fingerprint'),
    });
    expect(await heron('audit', 'verify', history, '--anchor', text)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('cannot be used'),
    });
    expect(await heron('audit', 'prove', history)).toMatchObject({ status: 2 });
  });
});

describe('heron audit report', () => {
  it('is a page for customers with a title and a logo, which must be a picture', async () => {
    const report = (...args: string[]) => heron('audit', 'report', history, '--format', 'html', ...args);
    const logo = path.join(root, 'build/icons/png/64x64.png');
    const page = await report('--title', 'ACME <Q4>', '--logo', logo);
    expect(page.status).toBe(0);
    expect(page.stdout).toContain('<h1>ACME &lt;Q4&gt;</h1>');
    expect(page.stdout).toContain('src="data:image/png;base64,');
    expect(await report('--logo', history)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('PNG or JPEG'),
    });
  });
});

describe('heron audit query', () => {
  it('answers as JSON Lines, the same bytes for the same file and question', async () => {
    const said = await heron('audit', 'query', history, 'configuration');
    expect(said).toMatchObject({ status: 0, stderr: expect.stringContaining('The file was not verified') });
    expect((await heron('audit', 'query', history, 'gaps', '--verify')).stderr).toMatch(
      /^heron audit: UNKNOWN KEY\. /,
    );
    const rows = said.stdout.trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row) as unknown)).toContainEqual(
      expect.objectContaining({ entry: 'edge "lab-01"', before: null, after: '127.0.0.1' }),
    );
    expect((await heron('audit', 'query', history, 'configuration')).stdout).toBe(said.stdout);
  });

  it('writes CSV for spreadsheets to a new file, and replaces none', async () => {
    const out = path.join(folder, 'availability.csv');
    const args = ['audit', 'query', history, 'availability', '--format', 'csv', '--separator', ';', '--bom'];
    expect(await heron(...args, '--target', '99.9', '--out', out)).toMatchObject({ status: 0, stdout: '' });
    const csv = readFileSync(out, 'utf8');
    expect(csv).toMatch(/^\ufeffcluster;edge;from_utc;.*error_budget_ms/);
    expect((await heron(...args, '--target', '99.9')).stdout).toBe(csv);
    expect(await heron(...args, '--out', history, '--force')).toMatchObject({ status: 1 });
    expect((await heron(...args, '--out', out)).stderr).toContain('--force');
    expect(await heron(...args, '--out', out, '--force')).toMatchObject({ status: 0 });
  });

  it('says what is wrong with a question', async () => {
    const wrong = async (...args: string[]): Promise<string> => {
      const said = await heron('audit', 'query', history, ...args);
      expect(said.status).toBe(2);
      return said.stderr;
    };
    expect(await wrong('weather')).toContain('active-lb, role-changes');
    expect(await wrong('active-lb')).toContain('--at');
    expect(await wrong('gaps', '--from', 'today')).toContain('is not a UTC time');
    expect(await wrong('gaps', '--cluster', 'none')).toContain('There are: lab-01');
  });

  it('says what is wrong with a calendar or a local time', async () => {
    const cases: [args: string[], words: string][] = [
      [['gaps', '--target', '99'], '--target belongs to availability'],
      [['availability', '--target', '101'], '--target must be at most 100'],
      [['availability', '--zone', 'Berlin'], 'not a time zone'],
      [['availability', '--hours', 'Mon-Fri 8'], '"8" is not a time'],
      [['availability', '--holidays', '2026-02-30'], 'is not a day'],
      [['availability', '--holidays', path.join(folder, 'no-file')], '(ENOENT)'],
      [['gaps', '--zone', 'Europe/Berlin', '--from', '2026-03-29T02:30'], 'does not exist in Europe/Berlin'],
      [
        ['gaps', '--zone', 'Europe/Berlin', '--from', '2026-10-25T02:30'],
        'Write 2026-10-25T00:30:00Z or 2026-10-25T01:30:00Z',
      ],
    ];
    const said = await Promise.all(cases.map(([args]) => heron('audit', 'query', history, ...args)));
    for (const [index, [, words]] of cases.entries())
      expect(said[index]).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
  });

  it('gives availability for a calendar, cut to what the file covers, and says so', async () => {
    const holidays = path.join(folder, 'holidays.txt');
    writeFileSync(holidays, '# none of these days is in the file\n2020-12-25 Christmas Day\n');
    const args = ['--from', '2001-01-01', '--monthly', '--target', '99.9', '--zone', 'Asia/Kolkata'];
    const calendar = ['--hours', '00:00-24:00', '--holidays', holidays];
    const said = await heron('audit', 'query', history, 'availability', ...args, ...calendar);
    expect(said).toMatchObject({ status: 0 });
    expect(said.stderr).toMatch(/The file covers 20.*Earlier time is left out/);
    expect(said.stderr).toContain(
      'Only these hours count: Mon-Sun 00:00-24:00, Asia/Kolkata, without 1 holiday.',
    );
    const rows = said.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows[0]).toMatchObject({
      edge: 'lab-01',
      from_local: expect.stringMatching(/^20.*\+05:30$/),
      zone: 'Asia/Kolkata',
      target_percent: 99.9,
      not_configured_ms: expect.any(Number),
    });
    const table = await heron('audit', 'query', history, 'availability', '--format', 'table');
    expect(table.stdout).toMatch(/^Cluster +Edge +Worst +Best .*\n.*lab-01 .*\d %/);
    const none = { status: 0, stdout: '' };
    for (const question of ['alerts', 'silences'])
      expect(await heron('audit', 'query', history, question)).toMatchObject(none);
  });
});

describe('heron audit', () => {
  it('exports an anchor that holds', async () => {
    const out = path.join(folder, 'exported.json');
    const said = await heron('audit', 'anchor', history, '--out', out);
    expect(said).toMatchObject({ status: 0, stdout: expect.stringContaining(`signed by ${key}`) });
    expect(await heron('audit', 'verify', history, '--anchor', out)).toMatchObject({ status: 0 });
    expect(await heron('audit', 'anchor', history)).toMatchObject({ status: 2 });
    expect(await heron('audit', 'anchor', history, '--out', out)).toMatchObject({ status: 2 });
    expect(await heron('audit', 'anchor', history, '--out', out, '--force')).toMatchObject({ status: 0 });
  });

  it('writes over no history and no key, even when told to', async () => {
    const before = readFileSync(history);
    const keyBefore = readFileSync(`${history}.signing-key`);
    for (const out of [history, `${history}.signing-key`, `${history}-wal`]) {
      for (const what of ['anchor', 'report']) {
        const refused = await heron('audit', what, history, '--out', out, '--force');
        expect(refused.status, refused.stderr).toBeGreaterThan(0);
        expect(refused.stderr).toContain('Nothing was written.');
      }
    }
    expect(readFileSync(history)).toEqual(before);
    expect(readFileSync(`${history}.signing-key`)).toEqual(keyBefore);
  });

  it('puts a new key in use', async () => {
    const file = path.join(folder, 'ring');
    copyFileSync(`${history}.signing-key`, file);
    chmodSync(file, 0o600);
    const said = await heron('audit', 'new-key', file);
    expect(said).toMatchObject({ status: 0, stdout: expect.stringMatching(/the key is now [0-9a-f]{64}/) });
    expect(said.stdout).not.toContain(key);
    expect(await heron('audit', 'new-key', path.join(folder, 'no-ring'))).toMatchObject({ status: 1 });
  });
});
