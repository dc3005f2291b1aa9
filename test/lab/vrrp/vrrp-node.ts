import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { processesIn, signalAll } from '../processes';
import { systemEnvironment } from '../system-command';
import { keepalivedConfig, snmpdConfig, type VrrpInstance } from './vrrp-config';

/** Who a node is. `number` from 1. */
export interface NodePlan {
  number: number;
  name: string;
  namespace: string;
  folder: string;
  lbIp: string;
  managementIp: string;
}

/** One node of a lab: a network namespace in which snmpd and keepalived run. */
export class VrrpNode {
  #snmpd: ChildProcess | null = null;
  #keepalived: ChildProcess | null = null;

  constructor(
    readonly plan: NodePlan,
    private readonly notify: string,
  ) {
    mkdirSync(plan.folder, { recursive: true });
    writeFileSync(this.#file('snmpd.conf'), snmpdConfig(plan.name, plan.managementIp));
  }

  configure(instances: readonly VrrpInstance[]): void {
    const { name, number } = this.plan;
    writeFileSync(this.#file('keepalived.conf'), keepalivedConfig(name, number, instances, this.notify));
  }

  startSnmpd(): void {
    const state = this.#file('state');
    mkdirSync(state, { recursive: true });
    const args = ['-f', '-C', '-c', this.#file('snmpd.conf'), '-p', this.#file('snmpd.pid')];
    this.#snmpd = this.#start('snmpd', [...args, `--persistentDir=${state}`, '-Ln']);
  }

  stopSnmpd(): Promise<void> {
    return ended(this.#snmpd, 'SIGTERM');
  }

  startKeepalived(): void {
    // Of a killed one they remain, and keepalived does not start while any process, even a zombie, has that number.
    for (const name of ['ka.pid', 'vrrp.pid']) rmSync(this.#file(name), { force: true });
    const files = [
      '-f',
      this.#file('keepalived.conf'),
      '-p',
      this.#file('ka.pid'),
      '-r',
      this.#file('vrrp.pid'),
    ];
    this.#keepalived = this.#start('keepalived', ['-n', '-P', '-D', '-l', ...files]);
  }

  /** As systemd does it: the last advertisement has priority 0, and the address is given up. */
  stopKeepalived(): Promise<void> {
    return ended(this.#keepalived, 'SIGTERM');
  }

  /** Without a farewell: the address stays on the interface. The parent is stopped first, or it would end its child politely. */
  async killKeepalived(): Promise<void> {
    this.#keepalived?.kill('SIGSTOP');
    await this.signalKeepalived('SIGKILL');
    await ended(this.#keepalived, 'SIGKILL');
  }

  /** keepalived forks: the signal goes to every one of its processes. SIGHUP reloads its configuration. */
  async signalKeepalived(signal: NodeJS.Signals): Promise<void> {
    const running = await processesIn(this.plan.namespace);
    signalAll(
      running.filter(({ name }) => name.startsWith('keepalived')),
      signal,
    );
  }

  reloadKeepalived(): void {
    this.#keepalived?.kill('SIGHUP');
  }

  #start(command: string, args: string[]): ChildProcess {
    const { namespace } = this.plan;
    return spawn('ip', ['netns', 'exec', namespace, command, ...args], {
      stdio: 'ignore',
      env: { ...systemEnvironment, MIBS: '' },
    });
  }

  #file(name: string): string {
    return path.join(this.plan.folder, name);
  }
}

function ended(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
