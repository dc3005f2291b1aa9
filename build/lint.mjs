import { checkLint } from './checks/lint.mjs';
import { runAsCommand } from './checks/result.mjs';

await runAsCommand(checkLint);
