import { z } from 'zod';
import { recordedEventSchema } from '../model/event';
import { pollRoundResultSchema } from '../model/poll-round';
import { clusterViewSchema, monitorStatusSchema, snapshotSchema } from '../model/snapshot';
import { alertCommands, alertNotices, alertQueries } from './alerts';
import { channelCommands, channelQueries } from './channels';
import { auditQueries } from './audit-question';
import { computerCommands, computerNotices, computerQueries } from './computer';
import { edgeQueries } from './edge-answers';
import { historyQueries, sourcePastQueries } from './history-queries';
import { proofCommands, proofQueries } from './history-proof';
import { incidentPageSchema, incidentQuerySchema } from './incident-list';
import { ownInventoryCommands, ownInventoryQueries } from './inventory-requests';
import { fileCommands, fileNotices, fileQueries } from './opened-file';
import type { JsonText } from './ipc-json';
import { maintenanceCommands } from './maintenance-commands';
import { newNoteSchema } from '../model/note';
import { changedMetricsSchema } from './row-metrics';
import type { RequestFailure } from './request-failure';
import { supportCommands, supportQueries } from './support-bundle';
import { trapPortSchema, trapPortStatusSchema } from './trap-port';
import { welcomeCommands, welcomeQueries } from './welcome';

/** What changed since the last message. Rows that are not named did not change. */
export const snapshotChangeSchema = z.object({
  atMs: z.number(),
  /** Whole rows. */
  clusters: z.array(clusterViewSchema),
  /** Other rows, of which only metrics changed since the last message. */
  metrics: changedMetricsSchema.optional(),
  removedClusterIds: z.array(z.string()),
  monitor: monitorStatusSchema,
  newEvents: z.array(recordedEventSchema),
});
export type SnapshotChange = z.infer<typeof snapshotChangeSchema>;

const nothing = z.void();

/** One request. `needsMonitoring`: refused while a file is open, when nothing is monitored and no history is written. */
interface RequestEntry {
  args: z.ZodType;
  result: z.ZodType;
  needsMonitoring?: boolean;
}

/**
 * The one list of what may cross between the main process and the window. Handlers, bridge and stores are typed from it, and
 * both ends check what arrives against it. `queries` change nothing; `commands` may; `notices` go to the window only.
 */
export const contract = {
  queries: {
    ...ownInventoryQueries,
    ...fileQueries,
    ...proofQueries,
    ...historyQueries,
    ...auditQueries,
    ...edgeQueries,
    ...computerQueries,
    ...alertQueries,
    ...channelQueries,
    ...supportQueries,
    ...sourcePastQueries,
    ...welcomeQueries,
    'snapshot.get': { args: nothing, result: snapshotSchema },
    'incidents.list': { args: incidentQuerySchema, result: incidentPageSchema },
    'traps.status': { args: nothing, result: trapPortStatusSchema },
    'app.about': {
      args: nothing,
      result: z.object({
        version: z.string(),
        /** `audit`: a file is open, and nothing is monitored. */
        mode: z.enum(['demo', 'inventory', 'empty', 'audit']),
        source: z.string(),
        electron: z.string(),
        historyFile: z.string(),
        /** Login name of the person, from the system; empty when it reports none. */
        user: z.string(),
      }),
    },
  },
  commands: {
    ...ownInventoryCommands,
    ...fileCommands,
    ...proofCommands,
    ...computerCommands,
    ...alertCommands,
    ...channelCommands,
    ...supportCommands,
    ...welcomeCommands,
    ...maintenanceCommands,
    /** Acknowledges a cluster's problem, or withdraws that. `clusterId`: of a row, so also of a standalone edge. */
    'cluster.acknowledge': {
      needsMonitoring: true,
      args: z.object({
        clusterId: z.string().min(1).max(200),
        by: z.string().trim().min(1).max(80),
        words: z.string().trim().max(500),
        withdrawn: z.boolean(),
      }),
      result: z.void(),
    },
    /** Polls every edge once, now; refused within seconds of the time before. */
    'monitor.pollAll': { needsMonitoring: true, args: nothing, result: pollRoundResultSchema },
    'demo.start': { needsMonitoring: true, args: nothing, result: z.void() },
    /** Records a note, or replaces one; returns it as recorded. */
    'note.add': { needsMonitoring: true, args: newNoteSchema, result: recordedEventSchema },
    /** Opens a save dialog and copies the history there; returns the checked copy, or null when the person cancelled. */
    'history.backup': {
      needsMonitoring: true,
      args: nothing,
      result: z.object({ file: z.string(), sizeBytes: z.number(), lastEventId: z.number().int() }).nullable(),
    },
    /** Puts a text, a table for instance, on the clipboard. */
    'text.copy': { args: z.object({ text: z.string().max(20_000_000) }), result: z.void() },
    /** Opens a save dialog for a text; returns the path, or null when the person cancelled. */
    'text.save': {
      args: z.object({
        name: z.string().regex(/^[a-z0-9-]{1,60}$/),
        kind: z.enum(['csv', 'json']),
        text: z.string().max(20_000_000),
      }),
      result: z.string().nullable(),
    },
    /** Makes the window cover the whole screen, for the wall, or restores it. */
    'window.fullScreen': { args: z.object({ on: z.boolean() }), result: z.void() },
    /** Opens the trap port at this number, or closes it (null), now and at every start; returns its status. */
    'traps.set': {
      needsMonitoring: true,
      args: z.object({ port: trapPortSchema.nullable() }),
      result: trapPortStatusSchema,
    },
    'appearance.set': {
      args: z.object({ theme: z.enum(['system', 'dark', 'light', 'contrast']) }),
      result: z.void(),
    },
  },
  notices: {
    'snapshot.changed': snapshotChangeSchema,
    ...fileNotices,
    ...alertNotices,
    ...computerNotices,
  },
} as const satisfies {
  queries: Record<string, RequestEntry>;
  commands: Record<string, RequestEntry>;
  notices: Record<string, z.ZodType>;
};

type Contract = typeof contract;
export type QueryName = keyof Contract['queries'];
export type CommandName = keyof Contract['commands'];
export type NoticeName = keyof Contract['notices'];
export type RequestName = QueryName | CommandName;

type Requests = Contract['queries'] & Contract['commands'];
export type RequestArgs<N extends RequestName> = z.input<Requests[N]['args']>;
export type RequestResult<N extends RequestName> = z.output<Requests[N]['result']>;
export type NoticePayload<N extends NoticeName> = z.output<Contract['notices'][N]>;

/** What the preload script offers the page as `window.heron`. Results and notices cross as JSON text. */
export interface HeronBridge {
  request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<JsonText<RequestResult<N>>>;
  /** Calls `listener` for each notice; the returned function ends it. */
  on<N extends NoticeName>(name: N, listener: (payload: JsonText<NoticePayload<N>>) => void): () => void;
}

export type { RequestFailure };
