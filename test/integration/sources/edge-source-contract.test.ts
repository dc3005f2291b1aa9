import { createSocket } from 'node:dgram';
import { describe } from 'vitest';
import { EdgeReader } from '../../../monitor/poll/edge-reader';
import { snmpdUsers, testSecrets, v3 } from '../../fixtures/sources/credentials';
import { describeEdgeSource } from '../../fixtures/sources/edge-source-contract';
import { edgeAt } from '../../fixtures/sources/edges';
import { findSnmpd, startSnmpd, whySnmpdIsMissing } from '../../fixtures/sources/snmpd';

if (findSnmpd() === null) process.stderr.write(whySnmpdIsMissing);

describe.runIf(findSnmpd() !== null)("Heron's reader on Debian's snmpd", () => {
  describeEdgeSource('the edge reader', async () => {
    const snmpd = await startSnmpd([
      ...snmpdUsers,
      'extend -cacheTime 1 carp /bin/echo "carp: MASTER vhid 1 advbase 1 advskew 0"',
    ]);
    const silent = createSocket('udp4');
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
    const credential = v3('sha1-aes128', 'sha1', 'aes128');
    const source = new EdgeReader({ credentialOf: () => credential, secrets: testSecrets });
    return {
      source,
      answering: edgeAt('answering', snmpd.port, 'noc'),
      silent: edgeAt('silent', silent.address().port, 'noc'),
      async end() {
        await source.close();
        silent.close();
        await snmpd.stop();
      },
    };
  });
});
