import { spawn } from 'node:child_process';

/** Debian keeps the administrator's commands where a user's PATH does not look. */
export const systemEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`,
};

export interface CommandOutcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a system command to its end, at most `timeoutMs`. A failing command is an outcome, not an error. */
export function tryCommand(
  command: string,
  args: string[],
  input = '',
  timeoutMs = 20_000,
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: systemEnvironment,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    // A command that ends without reading its input breaks the pipe; its exit code tells what matters.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: stderr + error.message }));
    child.on('close', (code) => resolve({ code: code ?? 137, stdout, stderr }));
    child.stdin.end(input);
  });
}

/** As tryCommand, but a failing command throws with what was run and what it said. */
export async function runCommand(command: string, args: string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await tryCommand(command, args, input);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} failed (${code}): ${(stderr || stdout).trim()}`);
}

/** Runs many `ip` commands inside one network namespace at the price of one. */
export async function ipBatch(namespace: string, lines: string[]): Promise<void> {
  await runCommand('ip', ['-n', namespace, '-batch', '-'], `${lines.join('\n')}\n`);
}
