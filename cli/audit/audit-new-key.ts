import { z } from 'zod';
import { renewKeyFile } from '../../monitor/proof/key-file';
import { ringFingerprint } from '../../monitor/proof/key-ring';
import { exitCode, readArguments } from '../common/command-line';
import { print, printError } from '../common/print';

const schema = z.object({
  positionals: z.array(z.string()).length(1, 'heron audit new-key KEYFILE: name one key file'),
});

/** `heron audit new-key`. Resolves to the exit code. @throws UsageError */
export function runNewKey(args: string[]): number {
  const [file = ''] = readArguments(args, {}, schema).positionals;
  try {
    const fingerprint = ringFingerprint(renewKeyFile(file));
    print(`${file}: the key is now ${fingerprint}. The previous key is retained to sign it.\n`);
    return exitCode.done;
  } catch (fault) {
    printError(`heron audit: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    return exitCode.problem;
  }
}
