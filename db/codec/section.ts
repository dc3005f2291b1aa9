import { inflateRawSync } from 'node:zlib';
import { ByteSink } from './byte-sink';
import { ByteSource } from './byte-source';

/*
 * A body is a version byte, some numbers, the count of sections, the length of each, and then the sections one after the
 * other, so that one can be read without the others. A section of length 0 is empty. In bodies of version 1 a section is one byte
 * of flags, then content, which is compressed with raw DEFLATE (RFC 1951) where that makes it smaller.
 */

/** Flag of a section of version 1: the content is deflated. The other flags are the section's own. */
const deflated = 4;

/** No section is larger when inflated: a damaged one must not fill the memory. */
const largestContent = 1 << 24;
const mostSections = 256;

/** The flags of a section of version 1 and its content. Throws when it is not one. */
export function openSection(section: Uint8Array): { flags: number; content: ByteSource } {
  const flags = section[0] ?? 0;
  const content = section.subarray(1);
  const plain =
    (flags & deflated) === 0 ? content : inflateRawSync(content, { maxOutputLength: largestContent });
  return { flags: flags & ~deflated, content: new ByteSource(plain) };
}

/** A body of sections being written. */
export class BodyWriter {
  private readonly sections = new ByteSink();
  private readonly content = new ByteSink();
  private readonly other = new ByteSink();
  private shortest = this.content;
  private lengths: number[] = [];

  /** Begins a section: write its content to the sink, then call `end`. */
  begin(): ByteSink {
    this.content.clear();
    this.shortest = this.content;
    return this.content;
  }

  /** Another form of the section that was begun: the shorter one is taken. */
  alternative(write: (sink: ByteSink) => void): void {
    this.other.clear();
    write(this.other);
    if (this.other.length < this.shortest.length) this.shortest = this.other;
  }

  end(): void {
    this.lengths.push(this.shortest.length);
    this.sections.append(this.shortest.view());
  }

  /** Adds an empty section. */
  skip(): void {
    this.lengths.push(0);
  }

  /** The body: version, the numbers that stand before the sections, the sections. The writer is then ready for the next body. */
  finish(version: number, numbers: number[]): Buffer {
    const head = this.begin();
    head.byte(version);
    for (const number of [...numbers, this.lengths.length, ...this.lengths]) head.varint(number);
    const body = Buffer.concat([head.view(), this.sections.view()]);
    this.sections.clear();
    this.lengths = [];
    return body;
  }
}

/** Splits a body into its numbers and its sections, which are not decoded. Throws when it is not one. */
export function openBody(body: Uint8Array, version: number, numberCount: number): OpenBody {
  const source = new ByteSource(body);
  const found = source.byte();
  if (found !== version) throw new RangeError(`it has format version ${found}; this Heron reads ${version}`);
  const numbers = Array.from({ length: numberCount }, () => source.varint());
  const count = source.varint();
  if (count > mostSections) throw new RangeError(`it has ${count} sections`);
  const lengths = Array.from({ length: count }, () => source.varint());
  const sections = lengths.map((length) => source.take(length));
  source.end();
  return { numbers, sections };
}

export interface OpenBody {
  numbers: number[];
  sections: Uint8Array[];
}
