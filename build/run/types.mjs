import { checkTypes } from './checks/static.mjs';
import { prepareDependencies } from '../prepare/dependencies.mjs';
import { exitWithError } from '../shared/progress.mjs';

/** `npm run types`: every TypeScript project, incrementally. */
async function types() {
  await prepareDependencies();
  const { failed } = await checkTypes();
  return failed > 0 ? 1 : 0;
}

process.exitCode = await types().catch(exitWithError);
