import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { JsonText } from '../domain/contract/ipc-json';
import type {
  HeronBridge,
  NoticeName,
  NoticePayload,
  RequestFailure,
  RequestName,
  RequestResult,
} from '../domain/contract/contract';

/**
 * All the page gets from Electron: `window.heron`, with the requests and notices of the contract and nothing else.
 * The two lists are names only, so that no schema code runs here; a name missing from or foreign to the contract does not
 * compile. Arguments are checked in the main process, notices in the store.
 */
const requests = {
  'snapshot.get': true,
  'history.events': true,
  'history.share': true,
  'history.snapshotAt': true,
  'history.lanes': true,
  'history.spans': true,
  'history.series': true,
  'history.availability': true,
  'history.gaps': true,
  'history.runs': true,
  'history.coverage': true,
  'app.about': true,
  'inventory.get': true,
  'inventory.try': true,
  'inventory.choose': true,
  'inventory.import': true,
  'inventory.export': true,
  'inventory.change': true,
  'inventory.undo': true,
  'password.remove': true,
  'cluster.acknowledge': true,
  'demo.start': true,
  'note.add': true,
  'history.backup': true,
  'file.status': true,
  'file.open': true,
  'file.close': true,
  'incident.save': true,
  'incident.report': true,
  'proof.standing': true,
  'proof.exportAnchor': true,
  'text.copy': true,
  'text.save': true,
  'window.fullScreen': true,
  'incidents.list': true,
  'traps.status': true,
  'traps.set': true,
  'appearance.set': true,
} satisfies Record<RequestName, true>;
const notices = { 'snapshot.changed': true, 'file.changed': true } satisfies Record<NoticeName, true>;

type Outcome<N extends RequestName> =
  { ok: true; text: JsonText<RequestResult<N>> } | { ok: false; failure: RequestFailure };

/** A plain object, not an Error: of an Error only the message would cross to the page. */
function refuse(what: string, where: string): Promise<never> {
  return Promise.reject({ what, where, todo: 'Use a name of the contract.' } satisfies RequestFailure);
}

const bridge: HeronBridge = {
  async request(name, args) {
    if (!Object.hasOwn(requests, name)) return refuse('There is no such request.', String(name));
    const outcome = (await ipcRenderer.invoke(name, args)) as Outcome<typeof name>;
    return outcome.ok ? outcome.text : Promise.reject(outcome.failure);
  },
  on(name, listener) {
    if (!Object.hasOwn(notices, name)) throw new Error(`There is no notice named ${String(name)}.`);
    const receive = (_event: unknown, payload: JsonText<NoticePayload<typeof name>>): void =>
      listener(payload);
    ipcRenderer.on(name, receive);
    return () => {
      ipcRenderer.removeListener(name, receive);
    };
  },
};

/** A file that is dropped on the window is opened read-only: the page itself never learns where it lies. */
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file) void ipcRenderer.invoke('file.open', { file: webUtils.getPathForFile(file) });
});

contextBridge.exposeInMainWorld('heron', bridge);
