import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../bundle/build.mjs';
import { prepareForElectron, prepareForNode, prepareForTests } from '../prepare/prepare.mjs';
import { stateFolder } from '../shared/paths.mjs';
import { PreparationError, exitWithError } from '../shared/progress.mjs';
import { runPlaywright, runVitest } from './checks/tests.mjs';
import { hasDisplay, withDisplay } from './display.mjs';
import { electronEnvironment } from './electron-launch.mjs';
import { propertySeed } from './property-seed.mjs';

/** Where inputs are mutated: parsers by themselves; sockets, files, processes and the main process's handlers; the page of the real window. */
const tests = {
  unit: {
    'agent-values': 'test/unit/fuzz/agent-values.test.ts',
    arguments: 'test/unit/fuzz/arguments.test.ts',
    inventory: 'test/unit/fuzz/inventory.test.ts',
    links: 'test/unit/fuzz/links.test.ts',
    policy: 'test/unit/fuzz/policy.test.ts',
    settings: 'test/unit/fuzz/settings.test.ts',
    'snmp-answers': 'test/unit/fuzz/snmp-answers.test.ts',
    texts: 'test/unit/fuzz/texts.test.ts',
    traps: 'test/unit/monitor/traps/fuzz.test.ts',
  },
  integration: {
    'answers-socket': 'test/integration/sources/garbage.test.ts',
    commands: 'test/integration/fuzz/commands.test.ts',
    files: 'test/integration/fuzz/files.test.ts',
    requests: 'test/integration/fuzz/requests.test.ts',
    'traps-socket': 'test/integration/traps/fuzz-socket.test.ts',
  },
  e2e: { page: 'test/e2e/fuzz-page.spec.ts' },
};
const targets = Object.values(tests).flatMap((kind) => Object.keys(kind));
const reportFile = path.join(stateFolder, 'fuzz.jsonl');

/**
 * `npm run fuzz -- [TARGET] --inputs N [--seed S]`: the fuzz tests of `npm test` with N mutated inputs in all, a million by default. A target
 * runs alone, with all of them. The last line is one JSON object: the inputs, crashes and unvalidated arguments of all, and of each target.
 */
async function fuzz() {
  const { inputs, seed, target } = wanted();
  await prepareForNode();
  await prepareForTests({ agent: true });
  mkdirSync(stateFolder, { recursive: true });
  rmSync(reportFile, { force: true });
  Object.assign(process.env, {
    HERON_FUZZ_INPUTS: inputs,
    FC_SEED: String(seed),
    HERON_FUZZ_REPORT: reportFile,
  });
  if (target !== undefined) process.env['HERON_FUZZ_TARGET'] = target;
  const startedAt = performance.now();
  let failed = 0;
  for (const [kind, files] of Object.entries(tests)) {
    const chosen = Object.entries(files).filter(([name]) => target === undefined || name === target);
    if (chosen.length > 0) failed += await runKind(kind, Object.fromEntries(chosen));
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(JSON.stringify({ ...sumOfReport(failed), failedTests: failed, seed, seconds }));
  return failed > 0 ? 1 : 0;
}

function wanted() {
  const { values, positionals } = parseArgs({
    options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
    allowPositionals: true,
  });
  const [target, ...more] = positionals;
  if (more.length > 0 || (target !== undefined && !targets.includes(target))) {
    throw new PreparationError(
      `${[target, ...more].join(' ')} is no target.`,
      `npm run fuzz -- [${targets.join(' | ')}] --inputs 1000000`,
    );
  }
  if (!/^[1-9]\d{0,8}$/.test(values.inputs)) {
    throw new PreparationError(
      `--inputs ${values.inputs} is no number of inputs.`,
      'npm run fuzz -- --inputs 1000000',
    );
  }
  return { inputs: values.inputs, seed: propertySeed(values.seed ?? process.env['FC_SEED']), target };
}

/**
 * @param {string} kind
 * @param {Record<string, string>} files by target
 * @returns {Promise<number>} how many tests failed
 */
async function runKind(kind, files) {
  if (kind !== 'e2e') return (await runVitest([kind], Object.values(files))).failed;
  const runtime = await prepareForElectron();
  await prepareForTests({ display: !hasDisplay() });
  await buildIfStale(['node', 'preload', 'renderer']);
  const env = { ...process.env, ...electronEnvironment(runtime) };
  const args = ['--project=dev', ...Object.values(files)];
  return withDisplay(async (display) => (await runPlaywright({ ...env, ...display }, args)).failed);
}

/**
 * What the tests reported, summed up. A test that ended without its report is a crash.
 * @param {number} failed
 */
function sumOfReport(failed) {
  const lines = existsSync(reportFile) ? readFileSync(reportFile, 'utf8').trim().split('\n') : [];
  const sum = { inputs: 0, crashes: 0, unvalidated: 0 };
  /** @type {Record<string, typeof sum>} */
  const byTarget = {};
  for (const line of lines.filter((text) => text !== '')) {
    const { target, ...counts } = JSON.parse(line);
    const own = (byTarget[target] ??= { inputs: 0, crashes: 0, unvalidated: 0 });
    for (const all of [own, sum]) {
      all.inputs += counts.inputs;
      all.crashes += counts.crashes;
      all.unvalidated += counts.unvalidated;
    }
  }
  return { ...sum, crashes: Math.max(sum.crashes, failed), targets: byTarget };
}

process.exitCode = await fuzz().catch(exitWithError);
