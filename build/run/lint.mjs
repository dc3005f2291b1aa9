import { checkLint } from './checks/lint.mjs';
import { runAsCommand } from './checks/result.mjs';
import { prepareDependencies } from '../prepare/dependencies.mjs';
import { giveUp } from '../shared/progress.mjs';

await prepareDependencies().catch(giveUp);
await runAsCommand(checkLint);
