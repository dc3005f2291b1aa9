import { clipboard, dialog, type BrowserWindow } from 'electron';
import { writeFile } from 'node:fs/promises';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { RequestRefused } from '../../domain/contract/request-refused';

const kinds = {
  csv: { name: 'Comma-separated values', extensions: ['csv'] },
  json: { name: 'JSON', extensions: ['json'] },
};

export type TextHandlers = Pick<RequestHandlers, 'text.copy' | 'text.save'>;

/** Texts that leave the window: to the clipboard, or into a file the person named in a dialog. */
export function textHandlers(currentWindow: () => BrowserWindow | null): TextHandlers {
  return {
    'text.copy': ({ text }) => clipboard.writeText(text),
    'text.save': async ({ name, kind, text }) => {
      const asked = { title: 'Save the table', defaultPath: `${name}.${kind}`, filters: [kinds[kind]] };
      const window = currentWindow();
      const { filePath } = await (window
        ? dialog.showSaveDialog(window, asked)
        : dialog.showSaveDialog(asked));
      if (!filePath) return null;
      try {
        await writeFile(filePath, text, 'utf8');
      } catch (error) {
        throw new RequestRefused({
          what: `The file was not written: ${error instanceof Error ? error.message : String(error)}`,
          where: filePath,
          todo: 'Choose a folder you may write to, with room on its disk.',
        });
      }
      return filePath;
    },
  };
}
