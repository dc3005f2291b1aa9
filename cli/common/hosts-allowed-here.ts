import { allowsHost } from '../../domain/policy/policy';
import type { AllowedHost } from '../../monitor/channels/send-webhook';
import { readPolicy } from '../../monitor/policy/policy-file';

/** Whether this computer's policy allows alerts to a host. */
export function hostsAllowedHere(): AllowedHost {
  const { policy } = readPolicy();
  return (host) => allowsHost(policy.webhookHosts, host);
}
