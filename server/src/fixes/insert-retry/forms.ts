import type { FileFacts } from '../../facts/facts.ts';
import { scriptWriterOf } from '../writers.ts';
import { CSHARP_RETRY } from './csharp/csharpForm.ts';
import type { RetryForm } from './form.ts';
import { JAVA_RETRY } from './java/javaForm.ts';
import { PYTHON_RETRY } from './python/pythonForm.ts';
import { scriptForm } from './scriptForm.ts';

const FORMS: Readonly<Record<string, RetryForm>> = { python: PYTHON_RETRY, java: JAVA_RETRY, csharp: CSHARP_RETRY };

/** How retries are written in the language of a file; undefined where none can be. */
export function retryFormOf(facts: FileFacts): RetryForm | undefined {
  const script = scriptWriterOf(facts);
  if (script) return scriptForm(script);
  return Object.hasOwn(FORMS, facts.language) ? FORMS[facts.language] : undefined;
}
