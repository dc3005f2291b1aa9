import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { passwordKey } from './agent/usm';
import { steadyClock } from './clock';
import { ControlServer } from './control/control-server';
import type { ScriptStep } from './script/script';
import { DemoFleet } from './fleet/demo-fleet';
import { demoUser, fleetInventory } from './listeners/demo-inventory';
import { listenForFleet, type FleetListeners } from './listeners/listeners';
import type { TruthEntry } from './fleet/truth';
import { playScript } from './script/script-player';
import { FleetTraps } from './traps/fleet-traps';

export interface DemoSettings {
  seed: number;
  clusters: number;
  /** Undefined: a temporary folder, removed at the end. */
  directory: string | undefined;
  /** 0: any free port. */
  controlPort: number;
  /** Steps in order of time; may be endless. */
  script: Iterable<ScriptStep>;
  /** The edges offer no witness of the CARP role: neither extend nor CARP MIB nor page. */
  untouched?: boolean;
  /** Divides the pauses of the script; CARP keeps its speed. */
  scriptSpeed: number;
  passwords: { HERON_DEMO_AUTH: string; HERON_DEMO_PRIV: string };
  /** UDP port of this machine to which the edges send traps; undefined: they send none. */
  trapPort?: number | undefined;
  onTruth(entry: TruthEntry): void;
  /** A script step was refused. */
  onProblem(words: string): void;
}

/** How often due events are processed without a request. Their times are exact anyway. */
const tickMs = 50;

/** A running demo fleet: agents, responders, control API, files. */
export class RunningDemo {
  private constructor(
    readonly fleet: DemoFleet,
    readonly listeners: FleetListeners,
    readonly control: ControlServer,
    readonly directory: string,
    readonly inventoryPath: string,
    readonly tokenPath: string,
    private readonly stopWork: () => void,
    private readonly removesDirectory: boolean,
  ) {}

  /** Starts everything; resolves when all listen and the files are written. Rejects after cleaning up. */
  static async start(settings: DemoSettings): Promise<RunningDemo> {
    const now = steadyClock();
    const undo: (() => Promise<void>)[] = [];
    try {
      const { seed, clusters } = settings;
      let traps: FleetTraps | undefined;
      const onTruth = (entry: TruthEntry): void => {
        traps?.handle(entry);
        settings.onTruth(entry);
      };
      const fleet = new DemoFleet({ seed, clusters, startMs: now(), onTruth });
      const user = {
        name: demoUser,
        authKey: passwordKey(settings.passwords.HERON_DEMO_AUTH),
        privKey: passwordKey(settings.passwords.HERON_DEMO_PRIV),
      };
      if (settings.trapPort !== undefined) traps = new FleetTraps(fleet, user, settings.trapPort, now);
      const listeners = await listenForFleet(fleet, user, now, settings.untouched);
      undo.push(() => listeners.close());
      const token = randomBytes(24).toString('base64url');
      const control = await ControlServer.listen({
        fleet,
        ports: listeners.ports,
        token,
        port: settings.controlPort,
        now,
      });
      undo.push(() => control.close());
      const directory = await makeDirectory(settings.directory);
      const inventoryPath = join(directory, 'inventory.json');
      const tokenPath = join(directory, 'control-token');
      const inventory = fleetInventory(
        fleet.clusters.map((cluster) => cluster.plan),
        listeners.ports,
      );
      await writeFile(tokenPath, token, { mode: 0o600 });
      await writeFile(inventoryPath, `${JSON.stringify(inventory, null, 2)}\n`, { mode: 0o600 });
      const ticking = setInterval(() => fleet.advanceTo(now()), tickMs);
      const stopScript = playScript(settings.script, settings.scriptSpeed, fleet, now, settings.onProblem);
      const stopWork = (): void => {
        clearInterval(ticking);
        stopScript();
        traps?.close();
      };
      const removes = settings.directory === undefined;
      return new RunningDemo(
        fleet,
        listeners,
        control,
        directory,
        inventoryPath,
        tokenPath,
        stopWork,
        removes,
      );
    } catch (error) {
      for (const step of undo) await step();
      throw error;
    }
  }

  /** Stops everything: closes the sockets, removes the token and the temporary folder. */
  async stop(): Promise<void> {
    this.stopWork();
    await Promise.all([this.listeners.close(), this.control.close()]);
    await rm(this.removesDirectory ? this.directory : this.tokenPath, { recursive: true, force: true });
  }
}

async function makeDirectory(wanted: string | undefined): Promise<string> {
  if (wanted === undefined) return mkdtemp(join(tmpdir(), 'heron-demo-'));
  const directory = resolve(wanted);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return directory;
}
