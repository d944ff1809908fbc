import process from 'node:process';
import { ProposedFeatures, createConnection, type Connection } from 'vscode-languageserver/node';
import { serve } from './editor/session.ts';
import { wasmFolder } from './engine/wasmFolder.ts';

/** The language server's process. How to reach it is said by the arguments: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`. */
function main(): void {
  let connection: Connection;
  try {
    connection = createConnection(ProposedFeatures.all);
  } catch {
    process.stderr.write('This is the API Guard language server. Start it with --stdio or --node-ipc; editors do that themselves.\n');
    process.exitCode = 2;
    return;
  }
  // With --node-ipc the end of the parent shows as a closed channel; a server without its editor has nothing to live for.
  process.on('disconnect', () => process.exit(1));
  process.on('unhandledRejection', (reason) => {
    connection.console.error(`Unexpected: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
  });
  serve(connection, wasmFolder(process.argv[1] ?? ''));
  connection.listen();
}

main();
