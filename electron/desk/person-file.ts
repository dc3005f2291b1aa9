import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { presenceAfterStart, presenceSchema, type Presence } from '../../domain/desk/presence';
import { writeFileDurably } from '../../monitor/base/write-file';
import { log } from '../../monitor/log/log';

const mostPeople = 100;
const fileSchema = z.object({ people: z.record(z.string().max(80), presenceSchema) });

/** When each person last looked, in a JSON file. A file that cannot be read counts as empty. */
export class PersonFile {
  readonly #people: Map<string, Presence>;
  #written: Promise<void> = Promise.resolve();

  constructor(private readonly file: string) {
    this.#people = new Map(
      Object.entries(this.#read()).map(([name, stored]) => [name, presenceAfterStart(stored)]),
    );
  }

  get(name: string): Presence | null {
    return this.#people.get(name) ?? null;
  }

  set(name: string, presence: Presence): void {
    // The one who looked last is last.
    this.#people.delete(name);
    this.#people.set(name, presence);
    const [oldest] = this.#people.keys();
    if (this.#people.size > mostPeople && oldest !== undefined) this.#people.delete(oldest);
  }

  /** Writes what is known. Resolves when it is written, or the log says why not. */
  save(): Promise<void> {
    const text = JSON.stringify({ people: Object.fromEntries(this.#people) });
    this.#written = this.#written
      .then(() => writeFileDurably(this.file, text, { replace: true }))
      .catch((fault: unknown) => log.warn('When people looked last could not be stored:', fault));
    return this.#written;
  }

  #read(): Record<string, Presence> {
    try {
      const read = fileSchema.safeParse(JSON.parse(readFileSync(this.file, 'utf8')));
      if (read.success) return read.data.people;
      log.warn(`${this.file} was not made by Heron, or is damaged: it is unknown who looked when.`);
    } catch (fault) {
      const isFirst = fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
      if (!isFirst) log.warn('When people looked last could not be read:', fault);
    }
    return {};
  }
}
