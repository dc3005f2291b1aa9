import { sentence } from '../words/sentence';
import type { CredentialFacts, DoctorFacts } from './facts';
import { failed, notAsked, note, ok, step, type DoctorStep, type Finding } from './report';

const title = 'User and protocols';

/** Which part of the credential the agent accepts. */
export function credentialStep({ credential, reach, isRecorded, name }: DoctorFacts): DoctorStep {
  if (isRecorded) return notAsked('credential', title, 'A recorded walk does not show it.');
  if (!credential) {
    const why = name ? 'The inventory has no such credential.' : 'SNMP is not configured for this edge.';
    return notAsked('credential', title, why);
  }
  if (credential.unusable !== null) {
    const todo =
      'Set the password (heron inventory check FILE lists all that are missing), then run this again.';
    return step('credential', title, [failed(`${sentence(credential.unusable)}`, todo)]);
  }
  const isSilent = reach?.outcome !== 'answers' && credential.fullProbe.outcome !== 'accepted';
  if (isSilent && credential.version === '3')
    return notAsked(
      'credential',
      title,
      'The agent does not answer at all, so nothing is known of the credential.',
    );
  return step(
    'credential',
    title,
    credential.version === '2c' ? community(credential, isSilent) : user(credential),
  );
}

function community({ fullProbe }: CredentialFacts, isSilent: boolean): Finding[] {
  switch (fullProbe.outcome) {
    case 'accepted':
      return [
        ok('The agent accepts the community.'),
        note('SNMPv2c is neither authenticated nor encrypted: whoever is on the path can read and forge it.'),
      ];
    case 'not-authorized':
      return [
        failed(
          `The agent lets this community read nothing: ${fullProbe.words}.`,
          'Give the community a view (see below).',
        ),
      ];
    default:
      return [
        failed(
          isSilent
            ? 'No answer to SNMPv2c either: agents do not answer a wrong community, so it is that or the path.'
            : 'The agent answers SNMPv3 discoveries and no SNMPv2c request: the community is wrong, this computer is not an allowed source, or SNMPv2c is off.',
          'Compare the community with rocommunity (or com2sec) in snmpd.conf, and the source that it allows.',
        ),
      ];
  }
}

function user(facts: CredentialFacts): Finding[] {
  const { user: name, userProbe, level } = facts;
  const who = `"${name ?? ''}"`;
  if ([facts.userProbe, facts.authProbe, facts.fullProbe].some(({ outcome }) => outcome === 'unknown-user')) {
    const words = `The agent does not know the user ${who} (it reports usmStatsUnknownUserNames).`;
    return [failed(words, 'Create the user on the agent (see below), or correct the name in the inventory.')];
  }
  if (facts.fullProbe.outcome === 'accepted')
    return [ok(`The agent accepts the user ${who} with ${protocols(facts)}.`), ...levelNote(level)];
  const known: Finding[] =
    userProbe.outcome === 'silent' || userProbe.outcome === 'failed' || userProbe.outcome === 'not-asked'
      ? []
      : [ok(`The agent knows the user ${who}.`)];
  return [...known, ...(level === 'noAuthNoPriv' ? [refusedLevel(facts)] : authentication(facts))];
}

function authentication(facts: CredentialFacts): Finding[] {
  const { authProbe, authProtocol, otherAuthProtocol, isSwapped, level } = facts;
  switch (authProbe.outcome) {
    case 'wrong-digest':
      if (isSwapped)
        return [
          failed(
            'The two passwords are the wrong way round: the privacy password is accepted as the authentication password.',
            'Exchange them in the credential.',
          ),
        ];
      if (otherAuthProtocol !== null) {
        const words = `The authentication protocol is wrong: the password is accepted with ${label(otherAuthProtocol)}, not with ${label(authProtocol)}.`;
        return [failed(words, `Write "protocol": "${otherAuthProtocol}" under auth in the credential.`)];
      }
      return [
        failed(
          'The authentication password is wrong: the agent reports usmStatsWrongDigests, with every authentication protocol that Heron speaks.',
          'Correct the password, or create the user again on the agent (see below).',
        ),
      ];
    case 'unsupported-level':
      if (isUndecrypted(facts)) return [privacy(facts)];
      return [
        failed(
          'The user has no authentication on the agent: it reports usmStatsUnsupportedSecLevels.',
          'Create the user again with an authentication password (see below), or remove auth and priv from the credential.',
        ),
      ];
    case 'accepted':
    case 'not-authorized': {
      const right = ok(`The authentication password and its protocol ${label(authProtocol)} are right.`);
      return [right, level === 'authPriv' ? privacy(facts) : refusedLevel(facts)];
    }
    default:
      return [
        failed(
          `The agent does not answer signed requests${because(authProbe.words)}.`,
          'Run this again; if it stays so, read the log of the agent.',
        ),
      ];
  }
}

/** Only the encrypted request was not answered. */
export function isUndecrypted({ fullProbe, level }: CredentialFacts): boolean {
  return level === 'authPriv' && (fullProbe.outcome === 'silent' || fullProbe.outcome === 'decryption-error');
}

function privacy(facts: CredentialFacts): Finding {
  const { authProbe, fullProbe, privProtocol, otherPrivProtocol } = facts;
  switch (fullProbe.outcome) {
    case 'silent':
    case 'decryption-error': {
      if (otherPrivProtocol !== null) {
        const words = `The privacy protocol is wrong: the password is accepted with ${label(otherPrivProtocol)}, not with ${label(privProtocol)}.`;
        return failed(words, `Write "protocol": "${otherPrivProtocol}" under priv in the credential.`);
      }
      return failed(
        authProbe.outcome === 'unsupported-level'
          ? 'The privacy password is wrong, most likely: the agent finds no fault with the signature and does not answer, with any privacy protocol that Heron speaks.'
          : 'The privacy password is wrong: the agent accepts signed requests, but cannot decrypt encrypted ones, with any privacy protocol that Heron speaks.',
        'Correct the password, or create the user again on the agent (see below).',
      );
    }
    case 'unsupported-level':
      return failed(
        'The user has no privacy on the agent: it reports usmStatsUnsupportedSecLevels.',
        'Create the user again with a privacy password (see below), or remove priv from the credential.',
      );
    default:
      return refusedLevel(facts);
  }
}

function refusedLevel({ fullProbe, level }: CredentialFacts): Finding {
  if (fullProbe.outcome === 'not-authorized' && level !== 'authPriv')
    return failed(
      `The agent does not let this user read with ${level}: probably its rouser line demands ${level === 'authNoPriv' ? 'encryption (priv)' : 'authentication (auth or priv)'}, or gives the user no view.`,
      `Add ${level === 'authNoPriv' ? 'priv' : 'auth and priv'} to the credential, or give the user a view (see below).`,
    );
  if (fullProbe.outcome === 'not-authorized' || fullProbe.outcome === 'unsupported-level')
    return failed(
      `The agent does not let this user read with ${level}: it demands another level of security, or gives the user no view.`,
      'Use the level that its rouser line demands, or give the user a view (see below).',
    );
  return failed(
    `A request with ${level} failed${because(fullProbe.words)}.`,
    'Run this again; if it stays so, read the log of the agent.',
  );
}

function levelNote(level: CredentialFacts['level']): Finding[] {
  if (level === 'authPriv') return [];
  const lacks = level === 'authNoPriv' ? 'not encrypted' : 'neither authenticated nor encrypted';
  return [note(`With ${level}, answers are ${lacks}.`)];
}

function protocols({ authProtocol, privProtocol, level }: CredentialFacts): string {
  const names = [authProtocol, privProtocol].filter((one) => one !== null).map(label);
  return names.length === 0 ? level : `${level}, ${names.join(' and ')}`;
}

const labels: Readonly<Record<string, string>> = {
  ...{
    md5: 'MD5',
    sha1: 'SHA-1',
    sha224: 'SHA-224',
    sha256: 'SHA-256',
    sha384: 'SHA-384',
    sha512: 'SHA-512',
  },
  ...{ des: 'DES', aes128: 'AES-128', aes256: 'AES-256' },
};

function label(protocol: string | null): string {
  return labels[protocol ?? ''] ?? 'none';
}

function because(words: string): string {
  return words === '' ? '' : `: ${words}`;
}
