import { parseArgs } from 'node:util';
import { runVitest } from './checks/tests.mjs';
import { prepareForNode, prepareForTests } from '../prepare/prepare.mjs';
import { PreparationError, exitWithError } from '../shared/progress.mjs';

/** Where inputs are mutated: parsers by themselves, and answers on sockets before a real agent. */
const tests = {
  unit: {
    'agent-values': 'test/unit/fuzz/agent-values.test.ts',
    'snmp-answers': 'test/unit/fuzz/snmp-answers.test.ts',
    texts: 'test/unit/fuzz/texts.test.ts',
    traps: 'test/unit/monitor/traps/fuzz.test.ts',
  },
  integration: {
    'answers-socket': 'test/integration/sources/garbage.test.ts',
    'traps-flood': 'test/integration/traps/flood.test.ts',
    'traps-socket': 'test/integration/traps/fuzz-socket.test.ts',
  },
};
const targets = [tests.unit, tests.integration].flatMap((kind) => Object.keys(kind));

/**
 * `npm run fuzz -- [TARGET] --inputs N`: the fuzz tests of `npm test` with N mutated inputs in all, a million by default. A target runs
 * alone, with all of them.
 */
async function fuzz() {
  const { values, positionals } = parseArgs({
    options: { inputs: { type: 'string', default: '1000000' } },
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
  await prepareForNode();
  await prepareForTests({ agent: true });
  process.env.HERON_FUZZ_INPUTS = values.inputs;
  if (target !== undefined) process.env.HERON_FUZZ_TARGET = target;
  let failed = 0;
  for (const [project, files] of Object.entries(tests)) {
    const chosen = Object.entries(files).filter(([name]) => target === undefined || name === target);
    if (chosen.length === 0) continue;
    const result = await runVitest(
      [project],
      chosen.map(([, file]) => file),
    );
    failed += result.failed;
  }
  return failed > 0 ? 1 : 0;
}

process.exitCode = await fuzz().catch(exitWithError);
