import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { channelSettingsSchema, type WebhookChannel } from '../../domain/alerts/delivery/channel-settings';
import { metricsSourceSchema } from '../../domain/inventory/metrics-source';
import { systemClock } from '../../monitor/base/clock';
import { Alertmanager } from '../../monitor/channels/alertmanager';
import { PrometheusApi } from '../../monitor/prometheus/api';
import { environmentSecrets } from '../../monitor/secrets/environment-secrets';
import { sampleVendorInventory } from '../../monitor/vendor/read-vendor-inventory';
import {
  hasAlertmanager,
  startAlertmanager,
  whyAlertmanagerIsMissing,
} from '../fixtures/channels/alertmanager';
import { hasProgram, startPrometheus, whyEnginesAreMissing } from '../fixtures/prometheus/engines';
import {
  hasOpenssl,
  makeCertificates,
  startTlsFront,
  whyOpensslIsMissing,
  type CertificateKind,
  type TestCertificates,
  type TlsFront,
} from '../fixtures/tls/certificates';

const token = 'token-of-this-test';
const secrets = environmentSecrets({ HERON_TOKEN: token });
const isThere = hasOpenssl() && hasProgram('prometheus') && hasAlertmanager();
if (!hasOpenssl()) process.stderr.write(whyOpensslIsMissing);
if (!hasProgram('prometheus')) process.stderr.write(whyEnginesAreMissing);
if (!hasAlertmanager()) process.stderr.write(whyAlertmanagerIsMissing);

const noProgress = {
  load: () => Promise.resolve(null),
  save: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};
const noFiles = { 'heron-targets.json': '[]', 'heron-scrape.yml': '', 'heron-recording.yml': '' };

/** What each client does with a server, and how it names a failure. */
interface Client {
  name: string;
  start(): Promise<{ url: string; stop(): Promise<void> }>;
  /** Resolves to what a real server answers. */
  ask(url: string, caFile: string | undefined): Promise<unknown>;
  answer: unknown;
}

const clients: Client[] = [
  {
    name: 'a Prometheus source',
    start: () => startPrometheus(noFiles),
    async ask(url, caFile) {
      const source = { kind: 'prometheus', name: 'p', url, bearerEnv: 'HERON_TOKEN', caFile };
      const api = new PrometheusApi(metricsSourceSchema.parse(source), secrets);
      try {
        return (await api.query('vector(7)', Date.now()))[0]?.value;
      } finally {
        await api.close();
      }
    },
    answer: 7,
  },
  {
    name: 'an Alertmanager',
    start: startAlertmanager,
    async ask(url, caFile) {
      const auth = { kind: 'bearer', token: { env: 'HERON_TOKEN' } };
      const channel = { kind: 'webhook', name: 'am', format: 'alertmanager-api', url, auth, caFile };
      const [parsed] = channelSettingsSchema.parse({ channels: [channel] }).channels;
      return new Alertmanager(parsed as WebhookChannel, secrets, () => true).silences();
    },
    answer: [],
  },
];

describe.skipIf(!isThere).each(clients)('$name over TLS that is verified', ({ start, ask, answer }) => {
  let server: Awaited<ReturnType<typeof start>>;
  let certificates: TestCertificates;
  let front: TlsFront | null = null;

  beforeAll(async () => {
    certificates = makeCertificates();
    server = await start();
  }, 90_000);
  afterEach(async () => {
    await front?.close();
    front = null;
  });
  afterAll(async () => {
    certificates.remove();
    await server.stop();
  });

  async function asked(kind: CertificateKind, caFile: string | undefined): Promise<unknown> {
    front = await startTlsFront(certificates.of(kind), server.url, `Bearer ${token}`);
    return ask(front.url, caFile);
  }

  it('answers where caFile names the authority, and gets the token', async () => {
    expect(await asked('good', certificates.caFile)).toEqual(answer);
    expect(front?.seen).toEqual([`Bearer ${token}`]);
  });

  it.each<[string, CertificateKind, keyof TestCertificates | null, RegExp]>([
    ['no authority', 'good', null, /comes without its issuer's, or from an authority not trusted here/],
    ['another authority', 'good', 'otherCaFile', /from an authority not trusted here/],
    ['an expired certificate', 'expired', 'caFile', /the certificate of .* has expired/],
    ['another name', 'other-name', 'caFile', /the certificate of .* is made out to another name/],
    ['a file that is no certificate', 'good', 'brokenCaFile', /holds no certificate/],
  ])('refuses %s before the token is sent', async (_name, kind, file, words) => {
    const caFile = file === null ? undefined : (certificates[file] as string);
    await expect(asked(kind, caFile)).rejects.toThrow(words);
    expect(front?.seen).toEqual([]);
  });
});

describe.skipIf(!hasOpenssl())('the vendor over TLS', () => {
  let certificates: TestCertificates;
  beforeEach(() => (certificates = makeCertificates()));
  afterEach(() => certificates.remove());

  it.each<[CertificateKind, RegExp]>([
    ['good', /authority not trusted here.*Check the network/],
    ['expired', /authority not trusted here|has expired/],
  ])(
    'sends no client secret to a server whose certificate is %s and not from a public authority',
    async (kind, words) => {
      const front = await startTlsFront(certificates.of(kind), 'http://127.0.0.1:1', '');
      try {
        const addresses = { tokenUrl: `${front.url}/oauth2/v1/token`, apiUrl: `${front.url}/zia/api/v1` };
        const reading = sampleVendorInventory({
          ...{ addresses, client: { id: 'c', secret: 's3cret' }, clock: systemClock, random: Math.random },
          progress: noProgress,
        });
        await expect(reading).rejects.toThrow(words);
        expect(front.seen).toEqual([]);
      } finally {
        await front.close();
      }
    },
  );
});
