import { parseArgs } from 'node:util';
import { runVitest } from './checks/tests.mjs';
import { prepareForNode, prepareForTests } from '../prepare/prepare.mjs';
import { PreparationError, exitWithError } from '../shared/progress.mjs';

/** Where inputs are mutated: parsers by themselves, and answers on sockets before a real agent. */
const tests = {
  unit: ['test/unit/fuzz/', 'test/unit/monitor/traps/fuzz.test.ts'],
  integration: ['test/integration/sources/garbage.test.ts', 'test/integration/traps/flood.test.ts'],
};

/** `npm run fuzz -- --inputs N`: the fuzz tests of `npm test` with N mutated inputs in all, a million by default. */
async function fuzz() {
  const { values } = parseArgs({ options: { inputs: { type: 'string', default: '1000000' } } });
  if (!/^[1-9]\d{0,8}$/.test(values.inputs)) {
    throw new PreparationError(
      `--inputs ${values.inputs} is no number of inputs.`,
      'npm run fuzz -- --inputs 1000000',
    );
  }
  await prepareForNode();
  await prepareForTests({ agent: true });
  process.env.HERON_FUZZ_INPUTS = values.inputs;
  const unit = await runVitest(['unit'], tests.unit);
  const integration = await runVitest(['integration'], tests.integration);
  return unit.failed + integration.failed > 0 ? 1 : 0;
}

process.exitCode = await fuzz().catch(exitWithError);
