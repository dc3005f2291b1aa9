import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import { witnessOf } from '../../domain/inventory/inventory';
import { openHistory } from '../../db/open-history';
import { systemNetwork } from '../../monitor/host/host-network';
import { startPipeline } from '../../monitor/pipeline/pipeline';
import { anchorSettings } from '../../monitor/proof/anchor-settings';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import { startDemo } from './demo-process';
import { keychainSigner } from '../../monitor/proof/keychain-signer';
import { keychainCipher } from '../settings/keychain-cipher';
import { builtFiles } from './built-files';
import type { PollingMeans } from './polling-dependencies';
import type { TrapPort } from '../../monitor/traps/trap-port';
import type { WatchingParts } from './monitor-session';

/** What the app really watches with: SQLite, the means to poll, traps, and the demo fleet's process. */
export function watchingParts(
  folder: string,
  demoArguments: string[],
  secrets: SecretResolver,
  trapPort: TrapPort,
  means: PollingMeans,
): WatchingParts {
  const version = app.getVersion();
  const { clock, healthIntervalMs, roleIntervalMs } = means;
  return {
    nowMs: () => clock.nowMs(),
    openHistory: (file, mode) =>
      openHistory({
        file,
        version,
        workersUrl: pathToFileURL(builtFiles.workers),
        // The same key signs whichever history is watched; what is anchored is the person's own.
        proof: {
          signer: keychainSigner(folder, keychainCipher),
          anchors: mode === 'demo' ? [] : anchorSettings(path.join(folder, 'anchors.json')),
        },
      }),
    startDemo: (onLost) =>
      startDemo(builtFiles.cli, ['--dir', path.join(folder, 'demo'), ...demoArguments], onLost),
    async startPolling(inventory, history) {
      let current = inventory;
      let witness = witnessOf(inventory);
      const source = means.readerOf({
        credentialOf: (name) => current.credentials.find((credential) => credential.name === name),
        witnessOf: (clusterId) => witness(clusterId),
        secrets,
      });
      const pipeline = await startPipeline({
        inventory,
        source,
        history,
        clock,
        network: systemNetwork,
        healthIntervalMs,
        roleIntervalMs,
        version,
        random: Math.random,
      });
      const watchTraps = (): Promise<void> =>
        trapPort.watch({
          inventory: current,
          engineOf: (edgeId) => source.engineOf(edgeId),
          hint: (evidence) => pipeline.hint(evidence),
        });
      await watchTraps();
      return {
        pipeline,
        async take(next) {
          current = next;
          witness = witnessOf(next);
          await pipeline.take(next);
          await watchTraps();
        },
        forgetSessions: (edgeIds) => edgeIds.forEach((edgeId) => source.forget(edgeId)),
        async stop() {
          await trapPort.watch(null);
          await pipeline.stop();
          await source.close();
        },
      };
    },
  };
}
