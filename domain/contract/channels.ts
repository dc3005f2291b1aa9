import { z } from 'zod';
import { channelSecretParts } from '../alerts/delivery/channel-secrets';
import { channelSchema, channelSettingsSchema } from '../alerts/delivery/channel-settings';
import { channelStatusSchema, noticeDeliverySchema, undeliveredSchema } from '../model/channel-status';
import { passwordPlaceSchema, typedPasswordSchema } from './inventory-contract';

const nothing = z.void();
const name = z.string().min(1).max(64);

/** A channel as configured, how it is doing, and where its secrets are. Their values are not in it. */
export const listedChannelSchema = z.object({
  channel: channelSchema,
  status: channelStatusSchema,
  secrets: z.array(z.object({ part: z.enum(channelSecretParts), place: passwordPlaceSchema.shape.place })),
});
export type ListedChannel = z.infer<typeof listedChannelSchema>;

export const channelListSchema = z.object({
  channels: z.array(listedChannelSchema),
  /** What was given up and can be sent again, newest first. */
  undelivered: z.array(undeliveredSchema),
  /** Why alerts are not delivered at present, a sentence; null: they are. */
  pausedWords: z.string().nullable(),
  /** Whether a keychain protects secrets that are stored. */
  keychain: z.boolean(),
  /** How long a critical alert may stay unacknowledged before it is escalated, milliseconds; 0: it never is. */
  escalateMs: z.number().int(),
});
export type ChannelList = z.infer<typeof channelListSchema>;

export const channelQueries = {
  'channels.list': { args: nothing, result: channelListSchema },
  /** What became of the latest notice of a group of alerts, channel by channel. */
  'channels.deliveries': {
    args: z.object({ groupId: z.string().max(400) }),
    result: z.array(noticeDeliverySchema),
  },
};

export const channelCommands = {
  /** Adds a channel, or replaces the one called `previousName`, and stores the secrets that were typed for it. */
  'channels.save': {
    args: z.object({
      previousName: name.nullable(),
      channel: channelSchema,
      secrets: z.array(typedPasswordSchema).max(4),
    }),
    result: nothing,
  },
  /** Removes a channel, what waits for it, and the secrets that were typed for it alone. */
  'channels.remove': { args: z.object({ name }), result: nothing },
  /** Sets after how long critical alerts are escalated. */
  'channels.escalateAfter': {
    args: z.object({ escalateMs: channelSettingsSchema.shape.escalateMs.unwrap() }),
    result: nothing,
  },
  /** Sends a test; refused with what the receiver answered when it is not delivered. */
  'channels.test': { args: z.object({ name }), result: nothing },
  /** Delivers again what was given up. */
  'channels.sendAgain': { args: z.object({ channel: name, noticeId: z.string().max(400) }), result: nothing },
  /** Forgets what was given up. */
  'channels.forget': { args: z.object({ channel: name, noticeId: z.string().max(400) }), result: nothing },
  /** Opens a file dialog, asks, and replaces all channels by those of the file; null when the person cancelled. */
  'channels.import': {
    args: nothing,
    result: z.object({ file: z.string(), channels: z.number().int() }).nullable(),
  },
  /** Opens a save dialog and writes the channels, with the names of their secrets only; null when the person cancelled. */
  'channels.export': { args: nothing, result: z.string().nullable() },
};
