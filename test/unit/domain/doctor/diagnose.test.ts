import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../domain/doctor/diagnose';
import { engineIdWords } from '../../../../domain/doctor/engine-id';
import type { CredentialFacts, DoctorFacts, ProbeResult } from '../../../../domain/doctor/facts';
import { redactFacts } from '../../../../domain/doctor/redact-facts';
import { reportText } from '../../../../domain/doctor/report-text';
import { Pseudonyms } from '../../../../domain/redaction/pseudonyms';
import { emptyFacts } from '../../../../monitor/doctor/empty-facts';
import { examineWalk } from '../../../../monitor/doctor/examine-walk';
import { parseWalk } from '../../../../monitor/doctor/parse-walk';

const probe = (outcome: ProbeResult['outcome']): ProbeResult => ({ outcome, words: '' });
const noInventory = { credentials: [], clusters: [], standaloneEdges: [] };

function credential(parts: Partial<CredentialFacts>): CredentialFacts {
  return {
    ...{ name: 'noc', version: '3', user: 'noc', level: 'authPriv' },
    ...{ authProtocol: 'sha1', privProtocol: 'aes128', unusable: null },
    ...{ userProbe: probe('not-authorized'), authProbe: probe('not-asked'), fullProbe: probe('not-asked') },
    ...{ otherAuthProtocol: null, otherPrivProtocol: null, isSwapped: false },
    ...parts,
  };
}

function factsWith(parts: Partial<DoctorFacts>): DoctorFacts {
  const edge = { id: 'a', clusterId: null, name: 'a', status: 'enabled', deployment: 'standalone' } as const;
  return {
    ...emptyFacts(
      { ...edge, proxyIp: '10.0.0.1', snmp: { port: 161, credential: 'noc' } },
      noInventory,
      true,
      0,
    ),
    name: { host: '10.0.0.1', isAddress: true, addresses: ['10.0.0.1'], used: '10.0.0.1', words: null },
    reach: {
      ...{ port: 161, outcome: 'answers', words: '', latencyMs: 3 },
      ...{ localAddress: '10.0.0.9', localInterface: 'eth0' },
    },
    ...parts,
  };
}

function wordsOf(facts: DoctorFacts, key: string): string {
  const found = diagnose(facts).steps.find((one) => one.key === key);
  return (found?.findings ?? []).map(({ words }) => words).join('\n');
}

describe('engineIdWords', () => {
  it.each([
    ['80001f880180000203', 'of net-snmp, made from the address 128.0.2.3'],
    ['80001f88030a0b0c0d0e0f', 'of net-snmp, made from the MAC address 0a:0b:0c:0d:0e:0f'],
    ['800075cb0466772d61', 'of OpenBSD, made from the text "fw-a"'],
    ['80001f88041b5b324a', 'of net-snmp, made from the text "?[2J"'],
    ['80001f8880d9bf4e1b206e0d6b00000000', 'of net-snmp, made from a random number'],
    ['000000090102030405060708', 'of Cisco, in the form of SNMPv1'],
    ['8000', 'not of 5 to 32 octets'],
  ])('decodes %s', (hex, words) => {
    expect(engineIdWords(hex)).toContain(words);
  });
});

describe('diagnose', () => {
  it('does not judge a credential by the silence of an agent that answers nothing', () => {
    const facts = factsWith({ credential: credential({ fullProbe: probe('not-asked') }) });
    const silent = { ...facts, reach: facts.reach && { ...facts.reach, outcome: 'silent' as const } };
    const { steps, remedies } = diagnose(silent);
    expect(steps.find(({ key }) => key === 'credential')?.status).toBe('not-asked');
    expect(remedies).toEqual([]);
  });

  it('blames the privacy password only when signed requests are answered', () => {
    const silence = { fullProbe: probe('silent'), userProbe: probe('silent') };
    const unsigned = factsWith({ credential: credential({ ...silence, authProbe: probe('silent') }) });
    expect(wordsOf(unsigned, 'credential')).not.toContain('password is wrong');
    const signed = factsWith({ credential: credential({ ...silence, authProbe: probe('accepted') }) });
    expect(wordsOf(signed, 'credential')).toContain('privacy password is wrong');
  });

  it('finds an engine clock that jumps', () => {
    const engine = { id: '80001f880466772d61', boots: 2, timeSeconds: 100, sharedWith: [] };
    const at = (timeSeconds: number) =>
      wordsOf(
        factsWith({ engine: { ...engine, later: { boots: 2, timeSeconds, elapsedMs: 5_000 } } }),
        'engine',
      );
    expect(at(105)).toContain("runs like this computer's");
    expect(at(101)).toContain('jumps or does not run');
    expect(at(160)).toContain('jumps or does not run');
  });

  it('writes no user name into a configuration that could hold a line of its own', () => {
    const user = 'noc\nrouser evil noauth';
    const facts = factsWith({ credential: credential({ user, userProbe: probe('unknown-user') }) });
    const lines = diagnose(facts).remedies.flatMap(({ lines: all }) => all);
    expect(lines[1]).toBe('rouser USER priv');
    expect(reportText(diagnose(facts))).not.toContain('\nrouser evil');
  });

  it('leaves no name, address or engine ID in a redacted report', () => {
    const walk = parseWalk(
      '.1.3.6.1.2.1.1.1.0 = STRING: "Linux bank-host 6.1"\n' +
        '.1.3.6.1.2.1.2.2.1.2.1 = STRING: "bank-uplink"\n' +
        '.1.3.6.1.4.1.8072.1.3.2.3.1.1.4.99.97.114.112 = STRING: "bank says carp: MASTER vhid 7 10.1.2.3"\n',
    );
    const facts = {
      ...factsWith({
        credential: credential({
          user: 'bankuser',
          fullProbe: { outcome: 'failed', words: 'bank.example refused' },
        }),
      }),
      reading: examineWalk('bank.snmpwalk', walk.rows, 0).reading,
      engine: { id: '80001f880462616e6b', boots: 1, timeSeconds: 1, later: null, sharedWith: ['bank-b'] },
      http: {
        outcome: 'unreachable',
        latencyMs: 1,
        code: 'refused',
        words: 'bank.example: refused',
      } as const,
    };
    expect(JSON.stringify(diagnose(facts))).toContain('bank');
    const redacted = JSON.stringify(diagnose(redactFacts(facts, new Pseudonyms([noInventory]))));
    expect(redacted).not.toMatch(/bank|62616e6b|10\.0\.0|10\.1\.2/i);
    expect(redacted).toContain('of net-snmp; the rest is left out');
  });
});

describe('parseWalk', () => {
  it('counts what cannot be read and keeps the rest, in the order of OIDs', () => {
    const { rows, unreadable } = parseWalk(
      '# a comment\n.1.3.6.1.2.1.2 = INTEGER: up(1)\n.1.3.6.1.2.1.1 = STRING: "two\nlines"\n.1.3.9 = INTEGER: none\n.1.x = 5\n',
    );
    expect([...rows.keys()]).toEqual(['1.3.6.1.2.1.1', '1.3.6.1.2.1.2']);
    expect(unreadable).toBe(2);
  });
});
