import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defaultDeskSettings, deskSettingsSchema } from '../../domain/model/desk';
import { trapPortSchema } from '../../domain/contract/trap-port';
import { writeFileDurablySync } from '../../monitor/base/write-file';

const preferencesSchema = z.object({
  theme: z.enum(['system', 'dark', 'light', 'contrast']).catch('system'),
  /** UDP port for traps and informs; null: none. */
  trapPort: trapPortSchema.nullable().catch(null),
  /** Where metrics are offered, `HOST:PORT`; null: nowhere. */
  metricsAddress: z.string().max(300).nullable().catch(null),
  /** Whether newer versions are looked for, where no administrator decided it. */
  looksForUpdates: z.boolean().catch(true),
  /** Whether the welcome is shown while the demo fleet is monitored. */
  welcome: z.boolean().catch(false),
  desk: deskSettingsSchema.catch(defaultDeskSettings),
  window: z
    .object({
      x: z.int(),
      y: z.int(),
      width: z.int().min(1),
      height: z.int().min(1),
      maximized: z.boolean(),
    })
    .nullable()
    .catch(null),
});

/** The person's settings of the app on this computer; nothing about clusters. `window` is null before its first close. */
export type Preferences = z.infer<typeof preferencesSchema>;

/** The preferences in a JSON file. When it cannot be read, the defaults are used: Heron must start without it. */
export class PreferencesFile {
  private current: Preferences;

  constructor(
    private readonly file: string,
    private readonly onFault: (fault: unknown) => void,
  ) {
    this.current = preferencesSchema.parse({
      theme: undefined,
      trapPort: undefined,
      metricsAddress: undefined,
      looksForUpdates: undefined,
      welcome: undefined,
      desk: undefined,
      window: undefined,
      ...this.read(),
    });
  }

  get(): Preferences {
    return this.current;
  }

  /** Saves a change atomically. When that fails, `onFault` is called and the change lasts until Heron exits. */
  set(change: Partial<Preferences>): void {
    this.current = { ...this.current, ...change };
    try {
      writeFileDurablySync(this.file, JSON.stringify(this.current), { replace: true });
    } catch (fault) {
      this.onFault(fault);
    }
  }

  private read(): object {
    try {
      const value: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      return typeof value === 'object' && value !== null ? value : {};
    } catch (fault) {
      const firstStart = fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
      if (!firstStart) this.onFault(fault);
      return {};
    }
  }
}
