import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { MailChannel } from '../../domain/alerts/delivery/channel-settings';
import { noticeLines, subjectOf } from '../../domain/alerts/delivery/channel-texts';
import type { AlertNotice } from '../../domain/model/alert';
import type { SecretResolver } from '../secrets/secret-resolver';
import { secretOf } from './channel-secrets';
import { DeliveryFailure } from './delivery-failure';
import { authorityOf } from './exchange';

const deadlineMs = 20_000;
const mostNamed = 5;

/**
 * Delivers a notice by SMTP. The certificate of the server is verified; notices of one group are one thread.
 *
 * @param reached the addresses that have it from an earlier try
 * @throws DeliveryFailure
 */
export async function sendMail(
  notice: AlertNotice,
  channel: MailChannel,
  secrets: SecretResolver,
  reached: readonly string[] = [],
): Promise<void> {
  const { host, security, user, from, to } = channel;
  const port = channel.port ?? (security === 'tls' ? 465 : 587);
  const pass = await secretOf(channel.password, secrets);
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && pass !== null ? { auth: { user, pass } } : {}),
    tls: { rejectUnauthorized: true, ...authorityOf(channel.caFile) },
    connectionTimeout: deadlineMs,
    greetingTimeout: deadlineMs,
    socketTimeout: deadlineMs,
    dnsTimeout: deadlineMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new DeliveryFailure(
            `${host}:${port} does not end the dialogue within ${deadlineMs / 1000} s`,
            true,
          ),
        ),
      deadlineMs,
    );
  });
  try {
    // The header names everybody, the envelope those who do not have it yet.
    const envelope = { from, to: to.filter((address) => !reached.includes(address)) };
    const message = { ...messageOf(notice, { from, to }), envelope };
    const sent = await Promise.race([transport.sendMail(message), late]);
    if (sent.rejected.length > 0) throw partFailure(sent, `${host}:${port}`, pass);
  } catch (fault) {
    throw asFailure(fault, `${host}:${port}`, pass);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

function messageOf(notice: AlertNotice, { from, to }: Pick<MailChannel, 'from' | 'to'>) {
  const thread = messageId(notice.groupId, from);
  const own = messageId(notice.id, from);
  return {
    from: { name: 'Heron', address: from },
    to,
    subject: subjectOf(notice),
    text: `${noticeLines(notice).join('\n')}\n`,
    messageId: own,
    references: thread,
    ...(notice.kind === 'opened' ? {} : { inReplyTo: thread }),
    headers: { 'auto-submitted': 'auto-generated' },
  };
}

/** The same for the same notice, so that a mail that is sent twice is shown once. */
function messageId(id: string, from: string): string {
  const code = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return `<${code}@${from.slice(from.indexOf('@') + 1)}>`;
}

interface PartlySent {
  accepted: string[];
  rejected: string[];
  rejectedErrors?: { response?: unknown; responseCode?: unknown }[];
}

/** The server took the mail for some addresses, and refuses others: for good by 5xx, for now by 4xx, as greylisting does. */
function partFailure(
  { accepted, rejected, rejectedErrors = [] }: PartlySent,
  where: string,
  pass: string | null,
): DeliveryFailure {
  const shown = rejected.slice(0, mostNamed).join(', ');
  const more = rejected.length > mostNamed ? ` and ${rejected.length - mostNamed} more` : '';
  const answer = answerLine(rejectedErrors[0]?.response, pass);
  const words = `${where} takes the mail, but not for ${shown}${more}${answer === null ? '' : `: ${answer}`}`;
  const isPassing = rejectedErrors.some(({ responseCode }) => Number(responseCode) < 500);
  return new DeliveryFailure(words, isPassing, null, accepted);
}

/** What a server answered, on one line, which names the reason; null: nothing. */
function answerLine(response: unknown, pass: string | null): string | null {
  if (typeof response !== 'string') return null;
  const line = response.replace(/\p{C}+/gu, ' ');
  return (pass ? line.replaceAll(pass, '…') : line).slice(0, 200);
}

/** A status of 5xx is final (RFC 5321 section 4.2.1). */
function asFailure(fault: unknown, where: string, pass: string | null): DeliveryFailure {
  if (fault instanceof DeliveryFailure) return fault;
  const { code, responseCode, response } = fault as {
    code?: unknown;
    responseCode?: unknown;
    response?: unknown;
  };
  const status = typeof responseCode === 'number' ? responseCode : null;
  if (code === 'EAUTH') return new DeliveryFailure(`${where} refuses the user name or the password`, true);
  if (status !== null) {
    return new DeliveryFailure(`${where} answers: ${answerLine(response, pass) ?? status}`, status < 500);
  }
  const words: Record<string, string> = {
    ECONNREFUSED: `nothing listens on ${where}`,
    ETIMEDOUT: `${where} does not answer`,
    EDNS: `the name in ${where} cannot be resolved`,
    ETLS: `TLS with ${where} failed: its certificate is not trusted here, or it does not offer STARTTLS`,
    ESOCKET: `the connection to ${where} failed`,
  };
  return new DeliveryFailure(
    words[String(code)] ?? `${where} could not be reached (${String(code ?? 'unknown')})`,
    true,
  );
}
