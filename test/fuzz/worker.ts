import { parentPort } from 'node:worker_threads';
import { tryText } from './trial.ts';

parentPort!.on('message', ({ name, text, before }: { name: string; text: string; before: string }) => {
  void tryText(name, text, before).then((outcome) => parentPort!.postMessage(outcome));
});
