import { BerWriter, sized } from './ber-writer';
import { oidBytes } from './oid-bytes';
import { asnType } from './varbind';

/** The objects of a request, encoded once and sent to every agent that has the same objects. */
export interface Question {
  oids: readonly string[];
  /** Each OID's content, without tag and length. */
  oidContents: readonly Buffer[];
  /** The variable-bindings with their tag, each value NULL (RFC 3416 section 4.2.1). */
  varbinds: Buffer;
}

/** Encodes a question. @throws RangeError for a string that is not an OID */
export function encodeQuestion(oids: readonly string[]): Question {
  const oidContents = oids.map(oidBytes);
  const size = oidContents.reduce((sum, content) => sum + sized(sized(content.length) + 2), 0);
  const writer = new BerWriter(sized(size));
  writer.head(asnType.sequence, size);
  for (const content of oidContents) {
    writer.head(asnType.sequence, sized(content.length) + 2);
    writer.value(asnType.oid, content);
    writer.head(asnType.null, 0);
  }
  return { oids, oidContents, varbinds: writer.bytes };
}

const questions = new WeakMap<readonly string[], Question>();

/** `encodeQuestion`, once per list: a plan's list is requested at every poll. */
export function questionOf(oids: readonly string[]): Question {
  const known = questions.get(oids);
  if (known) return known;
  const made = encodeQuestion(oids);
  questions.set(oids, made);
  return made;
}
