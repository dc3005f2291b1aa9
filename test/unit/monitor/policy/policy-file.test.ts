import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { strictestPolicy } from '../../../../domain/policy/policy';
import { policyFile, readPolicy } from '../../../../monitor/policy/policy-file';

const me = process.getuid?.() ?? 0;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heron-policy-'));
  file = path.join(folder, 'policy.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (text: string): void => writeFileSync(file, text, { mode: 0o644 });

describe('the policy of a computer', () => {
  it('is in a folder of administrators', () => {
    expect(policyFile('linux')).toBe('/etc/heron/policy.json');
    expect(policyFile('darwin')).toBe('/Library/Application Support/Heron/policy.json');
    expect(policyFile('win32', 'D:\\Data')).toBe('D:\\Data\\Heron\\policy.json');
  });

  it('is none without a file, and what the file says, comments included', () => {
    expect(readPolicy(file, me)).toEqual({ file, isSet: false, policy: {}, fault: null });
    put('{ // of the security team\n "updates": {"mode": "notify"}, "webhookHosts": ["hooks.example"], }');
    expect(readPolicy(file, me)).toEqual({
      file,
      isSet: true,
      policy: { updates: { mode: 'notify' }, webhookHosts: ['hooks.example'] },
      fault: null,
    });
  });

  it.each([
    ['{"updates": ', 'line 1 is no JSON'],
    ['\n{"updates": {"mode": "never"}}', 'updates.mode: Invalid option'],
    ['{"update": {}}', 'there is no setting "update"'],
    ['{"updates": {"url": "http://m.example"}}', 'updates.url: must be an https: address'],
    ['[]', 'the file: Invalid input'],
    ['', 'line 1 is no JSON'],
  ])('is the strictest one while its file has errors: %j', (text, words) => {
    put(text);
    const read = readPolicy(file, me);
    expect(read.policy).toBe(strictestPolicy);
    expect(read.fault?.what).toContain(words);
    expect(read.fault?.todo).toContain('administrator');
  });

  it.skipIf(process.platform === 'win32').each([
    ['the file is writable by all', () => chmodSync(file, 0o646), 'chmod go-w'],
    ['the file is writable by its group', () => chmodSync(file, 0o664), 'chmod go-w'],
    ['the folder is writable by all', () => chmodSync(folder, 0o777), 'chmod go-w'],
  ])('is the strictest one while %s', (_what, spoil, words) => {
    put('{}');
    spoil();
    expect(readPolicy(file, me)).toMatchObject({
      policy: strictestPolicy,
      fault: { what: expect.stringContaining(words), where: file },
    });
  });

  it.skipIf(process.platform === 'win32')('is the strictest one while another user owns it', () => {
    put('{}');
    const read = readPolicy(file, me + 1);
    if (me === 0) expect(read.fault).toBeNull();
    else expect(read.fault?.what).toContain('must be root');
  });

  it('is not read from what is no file', () => {
    mkdirSync(file);
    expect(readPolicy(file, me).policy).toBe(strictestPolicy);
    rmSync(file, { recursive: true });
    symlinkSync('/dev/zero', file);
    expect(readPolicy(file, me).policy).toBe(strictestPolicy);
  });
});
