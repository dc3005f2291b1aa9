import { runAsCommand } from './checks/result.mjs';
import { checkTypes } from './checks/types.mjs';

await runAsCommand(checkTypes);
