import { z } from 'zod';

const addressText = z.string().trim().min(1).max(300);

/** Where the app offers metrics to scrapers. `failed`: `words` has the reason. */
export const metricsStatusSchema = z.object({
  state: z.enum(['off', 'open', 'failed']),
  /** As configured, `HOST:PORT`; null: nowhere, the default. */
  address: z.string().nullable(),
  hasToken: z.boolean(),
  words: z.string(),
});
export type MetricsStatus = z.infer<typeof metricsStatusSchema>;

export const metricsQueries = {
  'metrics.status': { args: z.void(), result: metricsStatusSchema },
};

export const metricsCommands = {
  /** Offers metrics at an address, or nowhere (null), now and at every start. `token`: as typed; null: the one before, empty: none. */
  'metrics.set': {
    args: z.object({
      address: addressText.nullable(),
      token: z
        .string()
        .max(256)
        .regex(/^[\x21-\x7e]*$/, 'has characters that no HTTP header may carry')
        .nullable(),
    }),
    result: metricsStatusSchema,
  },
};
