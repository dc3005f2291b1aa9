import { clipboard } from 'electron';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { AppWindow } from '../window/app-window';
import { chooseFileToSave } from '../window/dialogs';
import { writeChosen } from './write-chosen';

const kinds = {
  csv: { name: 'Comma-separated values', extensions: ['csv'] },
  json: { name: 'JSON', extensions: ['json'] },
};

/** The handlers that export a text: to the clipboard, or to a file that the person chooses. */
export function textHandlers(window: AppWindow): Pick<RequestHandlers, 'text.copy' | 'text.save'> {
  return {
    'text.copy': ({ text }) => clipboard.writeText(text),
    'text.save': async ({ name, kind, text }) => {
      const options = { title: 'Save the table', defaultPath: `${name}.${kind}`, filters: [kinds[kind]] };
      const file = await chooseFileToSave(window.current, options);
      if (file !== null) await writeChosen(file, text, 'The table');
      return file;
    },
  };
}
