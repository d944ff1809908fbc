import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CaseFile, readCases } from '../fixtures/fixtureCase.ts';
import { reportVocabulary } from '../fixtures/vocabulary.ts';

const SOURCE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src');

/** Cases of coverage and of the language, as one small world of files: real shapes to edit, to shuffle and to damage. */
export function fixtureFiles(): CaseFile[] {
  const vocabulary = reportVocabulary();
  const files = new Map<string, CaseFile>();
  for (const folder of ['coverage', 'languages/csharp', 'languages/java', 'languages/javascript', 'languages/python']) {
    for (const { files: own } of readCases(path.join(SOURCE, folder, 'fixtures'), vocabulary)) {
      for (const file of own) files.set(`${folder}/${file.name}`, { ...file, name: `${folder}/${file.name}` });
    }
  }
  return [...files.values()];
}
