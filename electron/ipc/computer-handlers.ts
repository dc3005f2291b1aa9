import { policyWords } from '../../domain/policy/policy';
import type { ComputerPolicy } from '../../monitor/policy/policy-file';
import type { UpdateService } from '../../monitor/updates/update-service';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { loginStatus, setStartAtLogin } from '../computer/start-at-login';
import type { PreferencesFile } from '../settings/preferences';

type ComputerRequest =
  | 'policy.get'
  | 'login.status'
  | 'login.set'
  | 'updates.status'
  | 'updates.set'
  | 'updates.check'
  | 'updates.install';

/** The handlers of what concerns Heron as a program of this computer. */
export function computerHandlers(
  { file, isSet, policy, fault }: ComputerPolicy,
  updates: UpdateService,
  preferences: PreferencesFile,
): Pick<RequestHandlers, ComputerRequest> {
  return {
    'policy.get': () => ({
      file,
      isSet,
      settings: policyWords(policy),
      fault: fault === null ? null : `${fault.what} ${fault.todo}`,
    }),
    'login.status': () => loginStatus(),
    'login.set': ({ on }) => setStartAtLogin(on),
    'updates.status': () => updates.status(),
    'updates.set': ({ on }) => {
      const status = updates.set(on);
      preferences.set({ looksForUpdates: on });
      return status;
    },
    'updates.check': () => updates.check(),
    'updates.install': () => updates.install(),
  };
}
