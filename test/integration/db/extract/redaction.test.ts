import Database from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeExtract } from '../../../../db/extract/make-extract';
import { QuerySession } from '../../../../db/query/query-session';
import { verifyHistory } from '../../../../db/verify/verify-history';
import { WriterSession } from '../../../../db/write/writer-session';
import { heronEventSchema, type HeronEvent } from '../../../../domain/model/event';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { aSample, noonMs } from '../../../fixtures/history/history-entries';

const hourMs = 3_600_000;

/** One of every kind; no part of any may be in a redacted file. */
const secrets = [
  'Zanzibar',
  'quuxhost.corp.example',
  'jdoe77',
  'Wobbegong Ltd',
  '172.29.77.201',
  '2A02:8109:9f00:1::77',
  'fe80::77:9f%vtnet9',
  '::ffff:172.29.77.202',
  '00:1b:77:3c:9d:f8',
  '80001f88804d77bd0c',
  'SUB-7731-9944',
  'QUUX_AUTH_PASSWORD',
  '/var/quux/agent.log',
  'Ærøskøbing',
];
const everything = `${secrets.join(' and ')}, at 14:03:11.`;

/** A value of a shape: what is free text holds every secret. */
function filled(shape: Record<string, unknown>, key = ''): unknown {
  const { properties, items, enum: words } = shape;
  const types = [shape['type']].flat();
  const type = types.find((one) => one !== 'null');
  const choices = (shape['oneOf'] ?? shape['anyOf']) as Record<string, unknown>[] | undefined;
  if (choices) return filled(choices.find((one) => one['type'] !== 'null') ?? {}, key);
  if ('const' in shape) return shape['const'];
  if (Array.isArray(words)) return words[0];
  if (type === 'array') return [filled(items as Record<string, unknown>, key)];
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(properties as Record<string, Record<string, unknown>>).map(([name, one]) => [
        name,
        filled(one, name),
      ]),
    );
  if (type === 'boolean') return false;
  if (type === 'number' || type === 'integer') return /Ms$/.test(key) ? noonMs + hourMs : 1;
  if (key === 'from' || key === 'to') return `2026-12-27T${key === 'from' ? '01' : '02'}:00`;
  if (key === 'zone') return 'Europe/Berlin';
  if (key === 'code') return 'zanzibar-jdoe77';
  if (/Id$|^id$/.test(key)) return `wobbegong-${key}`;
  if (/name/i.test(key)) return `Zanzibar ${key}`;
  if (['author', 'by', 'assignee'].includes(key)) return 'Jdoe77 Wobbegong';
  const { maxLength = Infinity } = shape as { maxLength?: number };
  return everything.length > maxLength ? 'Zanzibar jdoe77'.slice(0, maxLength) : everything;
}

const inventory = identifyInventory(
  inventoryFileSchema.parse({
    credentials: [
      {
        name: 'Zanzibar noc',
        version: '3',
        user: 'jdoe77',
        auth: { protocol: 'sha1', passwordEnv: 'QUUX_AUTH_PASSWORD' },
        priv: { protocol: 'aes128', passwordSecret: 'quux priv' },
      },
      { name: 'Zanzibar old', version: '2c', communityEnv: 'QUUX_AUTH_PASSWORD' },
    ],
    clusters: [
      {
        name: 'Zanzibar',
        site: 'Ærøskøbing',
        clusterIp: '172.29.77.201',
        subnetMask: '255.255.255.0',
        defaultGateway: '172.29.77.1',
        edges: [
          {
            name: 'zanzibar-01',
            proxyIp: '172.29.77.203',
            lbIp: '172.29.77.204',
            managementIp: '172.29.77.205',
            subscription: 'SUB-7731-9944',
            snmp: { host: 'quuxhost.corp.example', credential: 'Zanzibar noc' },
            http: { url: 'http://quuxhost.corp.example:3128/wobbegong?jdoe77' },
            tcp: { host: '2A02:8109:9f00:1::77', port: 443 },
          },
          { name: 'zanzibar-02', proxyIp: '172.29.77.206', http: {} },
        ],
      },
    ],
    standaloneEdges: [{ name: 'quuxhost-lab', proxyIp: '172.29.77.207' }],
  }),
  null,
);

function eventOfEachType(): HeronEvent[] {
  return heronEventSchema.options.map((option) =>
    heronEventSchema.parse(filled(z.toJSONSchema(option) as Record<string, unknown>)),
  );
}

describe('a redacted incident file', () => {
  let folder: string;
  let file: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'heron-redaction-'));
    const history = path.join(folder, 'history.sqlite');
    const session = WriterSession.open({ file: history, nowMs: noonMs, version: '1.0.0-jdoe77' });
    session.putInventory(inventory, noonMs);
    const reasons = [{ code: 'zanzibar-jdoe77', fact: everything, detail: everything }];
    session.commit({
      nowMs: noonMs + hourMs,
      lost: { fromMs: noonMs, toMs: noonMs + 1, words: everything, lostSpans: [] },
      batches: [
        {
          atMs: noonMs + hourMs,
          samples: [aSample('zanzibar-01', noonMs + hourMs)],
          events: eventOfEachType(),
          spans: [
            { kind: 'cluster-health', subjectId: 'Zanzibar', state: 'down', fromMs: noonMs, reasons },
            { kind: 'edge-health', subjectId: 'zanzibar-01', state: 'down', fromMs: noonMs, reasons },
            { kind: 'lb-role', subjectId: 'wobbegong-edgeId', state: 'master', fromMs: noonMs },
          ],
        },
      ],
      clockSteps: [{ atMs: noonMs + 1, byMs: 5000 }],
    });
    session.close();
    const db = new Database(history);
    db.exec('DROP TRIGGER runs_keep');
    db.exec("UPDATE monitor_runs SET host = 'quuxhost.corp.example', time_zone = 'Africa/Zanzibar'");
    db.close();
    file = path.join(folder, 'redacted.heron');
    makeExtract({
      file: history,
      out: file,
      range: { fromMs: noonMs, toMs: noonMs + 2 * hourMs },
      clusterIds: null,
      redact: true,
      nowMs: noonMs + 3 * hourMs,
      version: '1.0.0',
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds no secret in any byte, free pages included', () => {
    const bytes = readFileSync(file);
    const [utf8, latin1] = [bytes.toString('utf8').toLowerCase(), bytes.toString('latin1').toLowerCase()];
    const parts = secrets.concat('wobbegong', 'quux', 'vtnet9', '172.29', '8109', '7731', '9944', 'jdoe');
    const found = parts.filter(
      (one) => utf8.includes(one.toLowerCase()) || latin1.includes(one.toLowerCase()),
    );
    expect(found).toEqual([]);
    expect(utf8).toContain('14:03:11');
    const db = new Database(file, { readonly: true });
    expect(db.pragma('freelist_count', { simple: true })).toBe(0);
    db.close();
  });

  it('can be read and checked', () => {
    expect(verifyHistory({ file, key: null, anchor: null }).firstBad).toBeNull();
    const session = QuerySession.open(file);
    const range = { fromMs: 0, toMs: noonMs + 9 * hourMs };
    const events = session.run('events', {
      clusterId: null,
      types: null,
      range,
      beforeId: null,
      limit: 1000,
    });
    expect(new Set(events.map(({ event }) => event.type)).size).toBe(heronEventSchema.options.length);
    expect(session.run('snapshotAt', { atMs: noonMs + hourMs }).clusters[0]).toMatchObject({
      id: 'cluster-1',
    });
    session.close();
  });

  it('has no text column that redaction does not know', () => {
    const db = new Database(file, { readonly: true });
    const columns = db
      .prepare(
        `SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
          WHERE m.type = 'table' AND c.type = 'TEXT' ORDER BY 1`,
      )
      .pluck()
      .all();
    db.close();
    // Of the proof nothing is copied: ledger, links and lines are empty, and the signature is made afterwards.
    const ofProof = [
      'extract_lines.line',
      'extract_lines.sealed',
      'extract_links.body',
      'ledger.body',
      'ledger.kind',
    ];
    const ofSignature = ['extract_signature.public_key', 'extract_signature.signature'];
    const ofFixedWords = ['monitor_runs.ended', 'spans.kind', 'unsealed_ends.what', 'meta.key', 'meta.value'];
    const redacted = [
      'clusters.id',
      'edges.id',
      'events.body',
      'events.cluster',
      'events.edge',
      'events.type',
      'extract.body',
      'inventory_versions.body',
      'monitor_runs.host',
      'monitor_runs.time_zone',
      'monitor_runs.version',
      'spans.reasons',
      'spans.state',
      'spans.subject',
    ];
    expect(columns).toEqual([...ofProof, ...ofSignature, ...ofFixedWords, ...redacted].sort());
  });
});
