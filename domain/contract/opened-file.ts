import { z } from 'zod';
import { rangeSchema } from '../model/history';
import { mostLogoBytes } from '../report/report-logo';
import { keyFingerprintSchema } from '../proof/trusted-key';

const timeMs = z.number().int();

/** How the verification of an opened file stands: under way, ended with the one verdict on a file, or failed. */
export const fileVerificationSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), doneShare: z.number().min(0).max(1) }),
  z.object({
    state: z.enum(['verified', 'verified-up-to', 'not-verified']),
    /** Why it is not verified; null when it is, wholly or up to a moment. */
    why: z.enum(['bad-record', 'unsigned', 'unknown-key', 'nothing-proven']).nullable(),
    /** One or two sentences. Of a bad record: which one. */
    words: z.string(),
    /** Fingerprint of the key that signed it; null when it is not signed. */
    signedBy: keyFingerprintSchema.nullable(),
    /** The name under which that key, or the one that vouches for it, is trusted here; null: it is not. */
    signerName: z.string().nullable(),
    /** Of a file that is verified up to a moment: that moment. What was recorded later is not proven. Else null. */
    upToMs: timeMs.nullable(),
  }),
  z.object({ state: z.literal('failed'), words: z.string() }),
]);
export type FileVerification = z.infer<typeof fileVerificationSchema>;

/** A history or incident file that is open, read-only. */
export const openedFileSchema = z.object({
  file: z.string(),
  sizeBytes: z.number(),
  /** Computers that recorded it. */
  hosts: z.array(z.string()),
  range: rangeSchema,
  /** The last known moment, which is shown first. */
  lastMs: timeMs,
  /** Another Heron is recording into it: what it records is shown as it comes, and `lastMs` moves on. */
  followed: z.boolean(),
  /** Of an incident file; null: a whole history. */
  extract: z
    .object({
      madeMs: timeMs,
      madeBy: z.string(),
      redacted: z.boolean(),
      /** How many clusters were chosen; null: all. */
      clusters: z.number().int().nullable(),
    })
    .nullable(),
  verification: fileVerificationSchema,
});
export type OpenedFile = z.infer<typeof openedFileSchema>;

/** The file that is open, and why the last one was refused. Both null: Heron is monitoring. */
export const fileStatusSchema = z.object({
  opened: openedFileSchema.nullable(),
  refused: z.object({ what: z.string(), where: z.string(), todo: z.string() }).nullable(),
});
export type FileStatus = z.infer<typeof fileStatusSchema>;

/** What an incident file or a report covers. */
const incidentScope = {
  range: rangeSchema,
  /** Clusters and standalone edges, by id; null: all. */
  clusterIds: z.array(z.string().max(200)).min(1).max(5000).nullable(),
  /** Pseudonyms for names and addresses. */
  redact: z.boolean(),
};

export const fileQueries = {
  'file.status': { args: z.void(), result: fileStatusSchema },
};

export const fileCommands = {
  /** Opens a history or incident file read-only and pauses monitoring; null: asks which one. Returns whether one is open. */
  'file.open': { args: z.object({ file: z.string().max(4096).nullable() }), result: z.boolean() },
  /** Closes the file and resumes monitoring. */
  'file.close': { args: z.void(), result: z.void() },
  /** Opens a save dialog and writes an incident file; null when the person cancelled. */
  'incident.save': {
    args: z.object(incidentScope),
    result: z
      .object({
        file: z.string(),
        sizeBytes: z.number(),
        events: z.number().int(),
        clusters: z.number().int(),
        edges: z.number().int(),
        fingerprint: z.string(),
        /** Fingerprint of the key that signed it; null when it is not signed. */
        signedBy: keyFingerprintSchema.nullable(),
        /** By which key it is signed, or why it is not, one or two sentences. */
        signedWords: z.string(),
      })
      .nullable(),
  },
  /** Opens a save dialog and writes a report; returns the path, or null when the person cancelled. */
  'incident.report': {
    args: z.object({
      ...incidentScope,
      kind: z.enum(['html', 'pdf']),
      /** Null: the standard title. */
      title: z.string().trim().min(1).max(120).nullable(),
      /** A PNG or JPEG file, base64; null: none. */
      logo: z
        .base64()
        .max(Math.ceil((mostLogoBytes * 4) / 3) + 4)
        .nullable(),
    }),
    result: z.string().nullable(),
  },
};

export const fileNotices = { 'file.changed': fileStatusSchema };
