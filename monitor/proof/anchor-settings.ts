import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { issueWords } from '../../db/model/history-error';
import type { AnchorPlace } from '../../db/client/anchor-publisher';
import type { Policy } from '../../domain/policy/policy';
import { anchorFile, anchorUrl, parseAnchorUrl } from './anchor-places';
import { forbiddenAnchorFile, forbiddenAnchorUrl } from './anchor-policy';

const settingsSchema = z.strictObject({
  file: z.string().min(1).nullable().default(null),
  url: z.string().nullable().default(null),
});

/**
 * Where the app anchors its histories, from a JSON file: `{"file": "/mnt/vault/heron.json", "url": "https://…"}`, either
 * alone, too. Without the file there is none. A file with errors is a place at which no anchor can be stored, and which
 * reports why; so is a place that the policy of this computer forbids.
 */
export function anchorSettings(settingsFile: string, policy: Policy = {}): AnchorPlace[] {
  try {
    const { file, url } = settingsSchema.parse(JSON.parse(readFileSync(settingsFile, 'utf8')));
    const target = url === null ? null : parseAnchorUrl(url);
    return [
      ...(file === null ? [] : [unlessForbidden(anchorFile(file), forbiddenAnchorFile(file, policy))]),
      ...(target === null ? [] : [unlessForbidden(anchorUrl(target), forbiddenAnchorUrl(target, policy))]),
    ];
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return [];
    const words = settingsFault(fault);
    const wrong = new Error(`the settings in ${settingsFile} are wrong: ${words}`);
    return [{ where: 'the place that was set', put: () => Promise.reject(wrong) }];
  }
}

function unlessForbidden(place: AnchorPlace, words: string | null): AnchorPlace {
  return words === null ? place : { where: place.where, put: () => Promise.reject(new Error(words)) };
}

/** JSON.parse's own message is not used: it may quote the text around the fault, a URL's password included. */
function settingsFault(fault: unknown): string {
  if (fault instanceof SyntaxError) return 'they are not JSON.';
  if (fault instanceof z.ZodError) return `${issueWords(fault)}.`;
  return fault instanceof Error ? fault.message : String(fault);
}
