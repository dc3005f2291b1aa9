import { z } from 'zod';
import { lineSchema, secretNameSchema, variableSchema } from '../../inventory/inventory-text';
import { isThisComputer } from '../../inventory/this-computer';
import { zoneSchema } from '../../calendar/zone';
import { alertMatcherSchema, alertSeveritySchema } from '../../model/alert-rule';
import { alertOverridable, alertTimes } from '../../model/thresholds';

/** Where a secret of a channel is: an environment variable or the encrypted store, never the secret itself. */
const secret = z.union([
  z.strictObject({ env: variableSchema }),
  z.strictObject({ secret: secretNameSchema }),
]);
export type ChannelSecret = z.infer<typeof secret>;

const name = lineSchema.trim().min(1).max(64).describe('Shown in the app and in messages; unique.');
const url = z
  .url({ protocol: /^https?$/ })
  .max(1024)
  .refine(
    (text) => !/^https?:[/\\]*[^/\\?#]*@/i.test(text),
    'must not hold a user name or a password: use auth',
  )
  .refine(isAllowedUrl, 'must be https (http: only for this computer itself)');

/** An address of mail without display name: no spaces, brackets or line breaks, which headers would interpret. */
const address = z
  .string()
  .max(254)
  .regex(
    /^[^\s<>(),;:\\"[\]@]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/,
    'is not an address such as noc@example.net',
  );

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 22:00');

/** Which notices a channel delivers. */
const filter = {
  name,
  minSeverity: alertSeveritySchema.default('warning').describe('The least severity that is delivered.'),
  only: z.array(alertMatcherSchema).max(100).optional().describe('Only alerts that one of these matches.'),
  quietHours: z
    .strictObject({ from: time, to: time, zone: zoneSchema })
    .optional()
    .describe('Between these times of day only critical alerts are delivered; the others follow at the end.'),
  onlyEscalated: z
    .boolean()
    .default(false)
    .describe('Only escalated alerts: those that were not acknowledged in time.'),
};

const webhook = z.strictObject({
  kind: z.literal('webhook'),
  ...filter,
  format: z
    .enum(['alertmanager-api', 'alertmanager-webhook', 'slack'])
    .describe(
      'Alertmanager’s v2 API, the form in which Alertmanager calls webhooks, or a text for Slack and compatible.',
    ),
  url: url.optional(),
  urlFrom: secret.optional().describe('Where the URL is, when it is a secret itself, as Slack’s are.'),
  sharesSilences: z
    .boolean()
    .default(false)
    .describe('Alertmanager’s API: silences and acknowledgements are its silences, in both directions.'),
  auth: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('bearer'), token: secret }),
      z.strictObject({ kind: z.literal('basic'), user: lineSchema.min(1).max(128), password: secret }),
    ])
    .optional(),
  signature: secret.optional().describe('Key of the HMAC-SHA256 in the header Heron-Signature.'),
  caFile: z.string().min(1).max(4096).optional().describe('PEM file of the authority of its certificate.'),
});

const mail = z.strictObject({
  kind: z.literal('mail'),
  ...filter,
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).optional().describe('By default 465 with tls, else 587.'),
  security: z
    .enum(['tls', 'starttls', 'none'])
    .default('starttls')
    .describe('none: only where the server is on this computer.'),
  user: lineSchema.min(1).max(254).optional(),
  password: secret.optional(),
  from: address,
  to: z.array(address).min(1).max(50),
  caFile: z.string().min(1).max(4096).optional(),
});

const deadMan = z.strictObject({
  kind: z.literal('dead-man'),
  name,
  url: url.optional(),
  urlFrom: secret.optional(),
  intervalMs: z
    .int()
    .min(10_000)
    .max(3_600_000)
    .default(60_000)
    .describe('Milliseconds between two signs of life.'),
  caFile: z.string().min(1).max(4096).optional(),
});

/** One channel. */
export const channelSchema = z
  .discriminatedUnion('kind', [webhook, mail, deadMan])
  .superRefine((value, context) => {
    if (value.kind !== 'mail' && (value.url === undefined) === (value.urlFrom === undefined))
      context.addIssue({
        code: 'custom',
        path: ['url'],
        message: 'must be given, or else urlFrom: exactly one of the two',
      });
    if (value.kind === 'webhook' && value.sharesSilences && value.format !== 'alertmanager-api')
      context.addIssue({
        code: 'custom',
        path: ['sharesSilences'],
        message: 'must be false: only an Alertmanager has silences (format alertmanager-api)',
      });
    if (value.kind === 'mail' && (value.user === undefined) !== (value.password === undefined))
      context.addIssue({ code: 'custom', path: ['password'], message: 'must be given together with user' });
    if (value.kind === 'mail' && value.security === 'none' && !isThisComputer(value.host))
      context.addIssue({
        code: 'custom',
        path: ['security'],
        message: 'must be tls or starttls: the server is another computer',
      });
  });

/** The channels by which alerts are delivered: one file for the app and for `heron watch`. */
export const channelSettingsSchema = z.strictObject({
  escalateMs: z
    .int()
    .min(alertOverridable.escalateMs.min)
    .max(alertOverridable.escalateMs.max)
    .optional()
    .describe(
      `Milliseconds after which an unacknowledged critical alert is escalated (${alertTimes.escalateMs}); 0: never.`,
    ),
  channels: z
    .array(channelSchema)
    .max(50)
    .refine(
      (all) => new Set(all.map((one) => one.name)).size === all.length,
      'two channels have the same name',
    ),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;
export type Channel = z.infer<typeof channelSchema>;
export type WebhookChannel = Extract<Channel, { kind: 'webhook' }>;
export type MailChannel = Extract<Channel, { kind: 'mail' }>;
export type DeadManChannel = Extract<Channel, { kind: 'dead-man' }>;
/** A channel that delivers notices. */
export type NoticeChannel = WebhookChannel | MailChannel;

/** Whether alerts may be sent to a URL: over TLS, or to this computer. */
export function isAllowedUrl(text: string): boolean {
  const match = /^(https?):\/\/(\[[^\]]*\]|[^/:?#]+)/i.exec(text);
  if (match?.[1]?.toLowerCase() === 'https') return true;
  return match?.[2] !== undefined && isThisComputer(match[2].replace(/^\[|\]$/g, ''));
}
