import { outputTarget } from '../../db/file/output-target';
import { HistoryError } from '../../db/model/history-error';
import { RequestRefused } from '../../domain/contract/request-refused';
import { writeFileDurably } from '../../monitor/base/write-file';

/**
 * Writes a file where the user chose; the dialog has already confirmed replacing an existing one. A history, a key, an
 * inventory and the files `inUse` are never replaced. `subject` begins the sentence, such as "The report". @throws RequestRefused
 */
export async function writeChosen(
  file: string,
  content: string | Buffer,
  subject: string,
  inUse: readonly string[] = [],
): Promise<void> {
  try {
    await writeFileDurably(outputTarget(file, { replace: true, inUse }), content, { replace: true });
  } catch (fault) {
    if (fault instanceof HistoryError)
      throw new RequestRefused({ ...fault.failure, what: `${subject} was not saved: ${fault.failure.what}` });
    throw new RequestRefused({
      what: `${subject} was not saved: ${fault instanceof Error ? fault.message : String(fault)}`,
      where: file,
      todo: 'Choose a folder that you may write to, on a disk with free space.',
    });
  }
}
