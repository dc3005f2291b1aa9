import { writeFile } from 'node:fs/promises';
import { RequestRefused } from '../../domain/contract/request-refused';

/** Writes a file where the person chose. `subject` begins the sentence, such as "The report". @throws RequestRefused */
export async function writeChosen(file: string, content: string | Buffer, subject: string): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (fault) {
    throw new RequestRefused({
      what: `${subject} was not saved: ${fault instanceof Error ? fault.message : String(fault)}`,
      where: file,
      todo: 'Choose a folder that you may write to, on a disk with free space.',
    });
  }
}
