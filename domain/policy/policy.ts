import { z } from 'zod';

/** A host name, or `*.` and a domain for all hosts in it. */
const hostPattern = z
  .string()
  .max(253)
  .regex(
    /^(?:\*\.)?[a-z0-9](?:[a-z0-9.:-]*[a-z0-9])?$/i,
    'must be a host such as vault.example.com or *.example.com',
  );
const hosts = z.array(hostPattern).max(1000);

/** What an administrator may set for all users of a computer. What is left out is up to each user. */
export const policySchema = z.strictObject({
  updates: z
    .strictObject({
      /** `off`: nothing is looked for. `notify`: a newer version is shown, and not installed. `install`: users may install it. */
      mode: z.enum(['off', 'notify', 'install']).optional(),
      channel: z.enum(['stable', 'beta']).optional(),
      /** A mirror to look at instead. What is found there must be signed all the same. */
      url: z.url({ protocol: /^https$/, error: 'must be an https: address' }).optional(),
    })
    .optional(),
  /** Where histories may be anchored: hosts of URLs, and folders of files. An empty list allows none. */
  anchors: z
    .strictObject({
      hosts: hosts.optional(),
      folders: z
        .array(
          z
            .string()
            .max(4096)
            .refine((folder) => /^(?:\/|[a-z]:[\\/]|\\\\)/i.test(folder), 'must be an absolute path'),
        )
        .max(1000)
        .optional(),
    })
    .optional(),
  /** The hosts that webhooks of alerts may call. */
  webhookHosts: hosts.optional(),
});
export type Policy = z.infer<typeof policySchema>;

/** What applies while a policy file is there but cannot be trusted or read: everything that it could forbid is. */
export const strictestPolicy: Policy = {
  updates: { mode: 'off' },
  anchors: { hosts: [], folders: [] },
  webhookHosts: [],
};

/** Whether a list of a policy allows a host; a list that is not set allows all. */
export function allowsHost(patterns: readonly string[] | undefined, host: string): boolean {
  if (patterns === undefined) return true;
  const name = host.toLowerCase().replace(/\.$/, '');
  return patterns
    .map((pattern) => pattern.toLowerCase())
    .some((pattern) => (pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern));
}

/** What a policy sets, one sentence each, for Settings. */
export function policyWords({ updates, anchors, webhookHosts }: Policy): string[] {
  const modes = {
    off: 'Heron does not look for newer versions.',
    notify: 'Heron shows newer versions and does not install them.',
    install: 'Heron may install newer versions.',
  };
  const only = (what: string, list: readonly string[] | undefined): string[] =>
    list === undefined ? [] : [`${what}: ${list.length === 0 ? 'none' : `only ${list.join(', ')}`}.`];
  return [
    ...(updates?.mode === undefined ? [] : [modes[updates.mode]]),
    ...(updates?.channel === undefined ? [] : [`Versions of the ${updates.channel} channel.`]),
    ...(updates?.url === undefined ? [] : [`Newer versions come from ${updates.url}.`]),
    ...only('Hosts for anchors', anchors?.hosts),
    ...only('Folders for anchors', anchors?.folders),
    ...only('Hosts for webhooks', webhookHosts),
  ];
}
