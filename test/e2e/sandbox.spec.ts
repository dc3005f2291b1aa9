import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleInventory, expect, test } from './support/heron';

const rootFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The user `nobody` of Linux. */
const nobody = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

/** The page's process among the descendants of one; null before it has been started. */
function pageProcess(of: number): number | null {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: parentOf(name), command: readProc(name, 'cmdline') }));
  const family = new Set([of]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.find(({ pid, command }) => family.has(pid) && command.includes('--type=renderer'))?.pid ?? null;
}

const parentOf = (pid: string): number => Number(/^PPid:\s*(\d+)/m.exec(readProc(pid, 'status'))?.[1]);

/** Empty when the process has ended meanwhile. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && /ENOENT|ESRCH/.test(String(fault.code))) return '';
    throw fault;
  }
}

test('the page of an unprivileged user runs in Chromium’s sandbox: a system call filter, and namespaces of its own', async ({
  folder,
}, info) => {
  info.skip(process.platform !== 'linux', 'What the kernel enforces is read from /proc, which Linux has.');
  const user = isRoot ? nobody : {};
  const enters = spawnSync('test', ['-r', path.join(rootFolder, 'package.json')], user).status === 0;
  info.skip(!enters, 'Root’s checkout is in a folder that no other user can enter.');
  let executable = createRequire(import.meta.url)('electron') as string;
  const home = path.join(folder, 'home');
  mkdirSync(home);
  if (isRoot) {
    // Root's own folders are closed to others, and Electron may be in one.
    cpSync(path.dirname(executable), path.join(folder, 'electron'), { recursive: true });
    executable = path.join(folder, 'electron', path.basename(executable));
    spawnSync('chmod', ['755', folder]);
    chownSync(home, nobody.uid, nobody.gid);
  }
  const args = [rootFolder, '--user-data', path.join(home, 'data'), '--inventory', exampleInventory];
  const child = spawn(executable, args, {
    ...user,
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    const main = child.pid ?? 0;
    await expect.poll(() => pageProcess(main), { message: errors }).not.toBeNull();
    const page = String(pageProcess(main));
    // 2: SECCOMP_MODE_FILTER (proc_pid_status(5)), which is set once the process has started.
    await expect.poll(() => readProc(page, 'status')).toMatch(/^Seccomp:\s*2$/m);
    expect(readProc(page, 'status')).toMatch(/^NoNewPrivs:\s*1$/m);
    for (const kind of ['user', 'net'])
      expect(readlinkSync(`/proc/${page}/ns/${kind}`)).not.toBe(readlinkSync(`/proc/${main}/ns/${kind}`));
    expect(readProc(page, 'cmdline')).not.toContain('no-sandbox');
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
});
