import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { test as base, type Heron } from './heron';

/** The parts of a desktop that a test display lacks, from Debian's packages: a session bus, dunst, the tray of trayer, PulseAudio. */
export interface Desktop {
  /** For Heron's own environment. */
  environment: Record<string, string>;
  /** The notifications that dunst received so far, as it prints them. */
  notifications(): string;
  /** How many dunst shows now. */
  shownCount(): number;
  /** Invokes the default action of the latest one, as a click does. */
  click(): void;
  /** The loudest sample that was played, 0 to 32767. */
  loudest(): number;
  /** The colours of the lower edge of the display, where the tray is, the most frequent first. */
  trayColours(app: ElectronApplication): Promise<string[]>;
  /** Saves what the whole display shows, where HERON_DESKTOP_PICTURES names a folder. */
  picture(app: ElectronApplication, name: string): Promise<void>;
  stop(): Promise<void>;
}

const commands = ['dbus-daemon', 'dunst', 'dunstctl', 'trayer', 'pulseaudio', 'parec'];
const trayHeight = 32;

/** What the tests need and this computer lacks; null: nothing. */
function missingPart(): string | null {
  if (process.platform !== 'linux') return 'desktop of Linux';
  return commands.find((command) => spawnSync('which', [command]).status !== 0) ?? null;
}

interface PerTest {
  desktop: Desktop;
  /** Starts Heron on that desktop. It is quit before the desktop ends: without its bus Chromium aborts. */
  startHere(args: string[], userData?: string): Promise<Heron>;
}

export const test = base.extend<PerTest>({
  desktop: async ({ folder }, use, info) => {
    const absent = missingPart();
    if (absent !== null) console.warn(`The tests of a desktop are skipped: this computer has no ${absent}.`);
    info.skip(absent !== null, `no ${absent}`);
    const desktop = await startDesktop(folder);
    await use(desktop);
    await desktop.stop();
  },
  startHere: async ({ desktop, start }, use) => {
    const started: Heron[] = [];
    await use(async (args, userData) => {
      const heron = await start(args, userData, { environment: desktop.environment });
      started.push(heron);
      return heron;
    });
    for (const heron of started) await heron.quit();
  },
});

/** Whether Heron's window is shown. */
export function isVisible(app: ElectronApplication): Promise<boolean> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
}

/** Closes the window as its button does. */
export function closeWindow(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

/** Saves what the page shows in dark and light, where HERON_DESKTOP_PICTURES names a folder. */
export async function pagePictures(page: Page, name: string): Promise<void> {
  const pictures = process.env['HERON_DESKTOP_PICTURES'];
  if (pictures === undefined) return;
  for (const theme of ['dark', 'light']) {
    await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
    await page.screenshot({ path: path.join(pictures, `${name}-${theme}.png`) });
  }
}

/** From now on somebody uses the computer: a test display has no input. */
export function beInput(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ powerMonitor }) => {
    powerMonitor.getSystemIdleTime = () => 0;
  });
}

/** Sound goes to PulseAudio's null sink, as a test machine has no sound card, and is recorded from it. */
async function startDesktop(folder: string): Promise<Desktop> {
  const children: ChildProcess[] = [];
  const start = (command: string, args: string[], env: Record<string, string>): ChildProcess => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    return child;
  };
  const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {});
  const address = await new Promise<string>((resolve, reject) => {
    bus.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()));
    bus.once('exit', () => reject(new Error('dbus-daemon ended.')));
  });
  const socket = path.join(folder, 'pulse');
  start('pulseaudio', soundServerArguments(socket), { HOME: folder });
  const environment = { DBUS_SESSION_BUS_ADDRESS: address, PULSE_SERVER: `unix:${socket}` };
  const notifications = startNotifications(folder, (args) => start('dunst', args, environment), environment);
  await expect.poll(() => existsSync(socket), 'PulseAudio starts').toBe(true);
  const loudest = recordSound(start('parec', ['--device=desk.monitor', '--format=s16le'], environment));
  const tray = [
    '--edge',
    'bottom',
    '--align',
    'right',
    '--widthtype',
    'request',
    '--height',
    `${trayHeight}`,
  ];
  start('trayer', tray, environment);
  return {
    environment,
    ...(await notifications),
    loudest,
    trayColours: async (app) => coloursOf(await displayBitmap(app)),
    picture: async (app, name) => {
      const pictures = process.env['HERON_DESKTOP_PICTURES'];
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      writeFileSync(path.join(pictures, `${name}.png`), await displayPicture(app));
    },
    stop: () => stopAll(children),
  };
}

async function startNotifications(
  folder: string,
  start: (args: string[]) => ChildProcess,
  environment: Record<string, string>,
): Promise<Pick<Desktop, 'notifications' | 'shownCount' | 'click'>> {
  const settings = path.join(folder, 'dunstrc');
  writeFileSync(settings, '[global]\nfollow = none\norigin = top-right\nwidth = 420\n');
  let printed = '';
  start(['-config', settings, '-print']).stdout?.on('data', (text: Buffer) => (printed += text.toString()));
  const control = (...args: string[]): string =>
    spawnSync('dunstctl', args, { env: { ...process.env, ...environment } }).stdout.toString();
  await expect.poll(() => control('is-paused').trim(), 'dunst starts').toBe('false');
  return {
    notifications: () => printed,
    shownCount: () => Number(control('count', 'displayed')),
    click: () => void control('action', '0'),
  };
}

function recordSound(recorder: ChildProcess): () => number {
  let loudest = 0;
  recorder.stdout?.on('data', (bytes: Buffer) => {
    for (let at = 0; at + 1 < bytes.length; at += 2)
      loudest = Math.max(loudest, Math.abs(bytes.readInt16LE(at)));
  });
  return () => loudest;
}

function soundServerArguments(socket: string): string[] {
  const modules = [
    'module-null-sink sink_name=desk',
    `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
  ];
  const options = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no'];
  return [...options, ...modules.flatMap((name) => ['-L', name])];
}

/** The bus last: the others would complain about its end. */
async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  }
}

async function displayPicture(app: ElectronApplication): Promise<Buffer> {
  const text = await app.evaluate(async ({ desktopCapturer, screen }) => {
    const { size } = screen.getPrimaryDisplay();
    const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: size });
    return source?.thumbnail.toPNG().toString('base64') ?? '';
  });
  return Buffer.from(text, 'base64');
}

/** The lowest rows of the display as blue, green, red and alpha of each pixel. */
async function displayBitmap(app: ElectronApplication): Promise<Buffer> {
  const text = await app.evaluate(async ({ desktopCapturer, screen }, height) => {
    const { size } = screen.getPrimaryDisplay();
    const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: size });
    const strip = { x: 0, y: size.height - height, width: size.width, height };
    return source?.thumbnail.crop(strip).toBitmap().toString('base64') ?? '';
  }, trayHeight);
  return Buffer.from(text, 'base64');
}

function coloursOf(bitmap: Buffer): string[] {
  const counts = new Map<string, number>();
  for (let at = 0; at + 3 < bitmap.length; at += 4) {
    const rgb = [bitmap[at + 2] ?? 0, bitmap[at + 1] ?? 0, bitmap[at] ?? 0];
    const colour = `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`.toUpperCase();
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
}
