import path from 'node:path';
import {
  dialog,
  type BrowserWindow,
  type MessageBoxOptions,
  type OpenDialogOptions,
  type SaveDialogOptions,
} from 'electron';

/*
 * The system's dialogs, above the window while there is one. Paths are absolute; null: the person cancelled.
 */

/** Asks which file to open. */
export async function chooseFileToOpen(
  window: BrowserWindow | null,
  options: Pick<OpenDialogOptions, 'title' | 'filters'>,
): Promise<string | null> {
  const asked: OpenDialogOptions = { ...options, properties: ['openFile'] };
  const { filePaths } = await (window ? dialog.showOpenDialog(window, asked) : dialog.showOpenDialog(asked));
  const [file] = filePaths;
  return file === undefined ? null : path.resolve(file);
}

/** Asks where to save a file. The dialog itself asks whether an existing one may be replaced. */
export async function chooseFileToSave(
  window: BrowserWindow | null,
  options: Pick<SaveDialogOptions, 'title' | 'defaultPath' | 'filters'>,
): Promise<string | null> {
  const { filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return filePath ? path.resolve(filePath) : null;
}

/** Shows a message and returns the index of the button that was chosen. */
export async function showMessage(window: BrowserWindow, options: MessageBoxOptions): Promise<number> {
  return (await dialog.showMessageBox(window, options)).response;
}
