import { z } from 'zod';

const timeMs = z.number();

/** How one way of asking an edge has been answered. `not-asked`: not configured. */
export const sourceAnswerSchema = z.object({
  source: z.enum(['snmp', 'http', 'tcp']),
  state: z.enum(['answers', 'silent', 'not-asked']),
  /** The last answer; null: none yet. */
  answeredMs: timeMs.nullable(),
  latencyMs: z.number().nullable(),
  /** Of an answer, what it was; of a silence, why. */
  words: z.string(),
});
export type SourceAnswer = z.infer<typeof sourceAnswerSchema>;

/** One kind of answer within SNMP. `lostSinceMs`: the agent answers, but not this, since then; null: it does. */
export const partAnswerSchema = z.object({
  part: z.enum(['device', 'interfaces', 'watched']),
  answeredMs: timeMs.nullable(),
  lostSinceMs: timeMs.nullable(),
  words: z.string(),
});
export type PartAnswer = z.infer<typeof partAnswerSchema>;

/** An object of the last full reading, decoded. `oids`: where it is read from, one of these; empty: not an object of one place. */
export const readObjectSchema = z.object({
  group: z.string(),
  name: z.string(),
  oids: z.array(z.string()),
  value: z.string(),
});
export type ReadObject = z.infer<typeof readObjectSchema>;

/** What an edge answers, each kind with its age, and the objects of its last full SNMP reading. UTC milliseconds. */
export const edgeAnswersSchema = z.object({
  sources: z.array(sourceAnswerSchema),
  parts: z.array(partAnswerSchema),
  /** When the last full SNMP reading ended; null: none yet. */
  readMs: timeMs.nullable(),
  objects: z.array(readObjectSchema),
  /** Objects that were left out because there are too many. */
  leftOut: z.number().int(),
});
export type EdgeAnswers = z.infer<typeof edgeAnswersSchema>;

export const edgeQueries = {
  /** Null: no such edge is monitored. Only of the running monitor: the history stores metrics and states. */
  'edge.answers': {
    needsMonitoring: true,
    args: z.object({ edgeId: z.string().max(200) }),
    result: edgeAnswersSchema.nullable(),
  },
} as const;
