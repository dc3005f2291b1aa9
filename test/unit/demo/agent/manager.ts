import { BerReader } from '../../../../demo/agent/ber-reader';
import { BerWriter, encodeOid } from '../../../../demo/agent/ber-writer';
import { buildMessage, flag, parseMessage } from '../../../../demo/agent/message';
import { parseOid } from '../../../../demo/agent/object-table';
import { tag } from '../../../../demo/agent/tags';
import { decrypt, localizedKey, passwordKey } from '../../../../demo/agent/usm';

export const engineId = Buffer.from('80001f880474657374', 'hex');
export const user = {
  name: 'heron',
  authKey: passwordKey('auth password'),
  privKey: passwordKey('priv password'),
};
export const keys = {
  auth: localizedKey(user.authKey, engineId),
  priv: localizedKey(user.privKey, engineId),
};

export interface Asked {
  type?: number;
  oids: string[];
  /** GETBULK's non-repeaters and repetitions. */
  numbers?: [number, number];
  flags?: number;
  boots?: number;
  time?: number;
  name?: string;
  engine?: Buffer;
  requestKeys?: { auth: Buffer; priv: Buffer };
}

/** A request as a manager sends it; by default authPriv, in the time window. */
export function request(asked: Asked): Buffer {
  const writer = new BerWriter(20_000);
  for (const oid of asked.oids.toReversed()) {
    const mark = writer.mark();
    writer.value(tag.null, Buffer.alloc(0));
    writer.value(tag.oid, encodeOid(parseOid(oid)));
    writer.wrap(tag.sequence, mark);
  }
  writer.wrap(tag.sequence, writer.end);
  const [second, third] = asked.numbers ?? [0, 0];
  writer.integer(third);
  writer.integer(second);
  writer.integer(77);
  writer.wrap(asked.type ?? tag.getRequest, writer.end);
  writer.text('');
  writer.value(tag.octetString, engineId);
  writer.wrap(tag.sequence, writer.end);
  return buildMessage({
    id: 4711,
    flags: (asked.flags ?? flag.auth | flag.priv) | flag.reportable,
    engineId: asked.engine ?? engineId,
    boots: asked.boots ?? 5,
    time: asked.time ?? 100,
    user: Buffer.from(asked.name ?? user.name),
    scopedPdu: writer.finish(),
    keys: asked.requestKeys ?? keys,
  });
}

export interface Answered {
  flags: number;
  id: number;
  boots: number;
  time: number;
  type: number;
  requestId: number;
  status: number;
  varbinds: { oid: string; type: number; content: Buffer }[];
}

/** Takes an answer or a report apart. */
export function answered(datagram: Buffer): Answered {
  const message = parseMessage(datagram);
  const plain =
    (message.flags & flag.priv) === 0
      ? message.payload
      : decrypt(keys.priv, message.boots, message.time, message.salt, message.payload);
  const scoped = new BerReader(plain).inside(tag.sequence);
  scoped.content(tag.octetString);
  scoped.content(tag.octetString);
  const type = scoped.peekTag();
  const pdu = scoped.inside(type);
  const requestId = pdu.integer();
  const status = pdu.integer();
  pdu.integer();
  const list = pdu.inside(tag.sequence);
  const varbinds: Answered['varbinds'] = [];
  while (!list.ended) {
    const varbind = list.inside(tag.sequence);
    const oid = varbind.oid().join('.');
    const valueType = varbind.peekTag();
    varbinds.push({ oid, type: valueType, content: varbind.content(valueType) });
  }
  const { flags, id, boots, time } = message;
  return { flags, id, boots, time, type, requestId, status, varbinds };
}
