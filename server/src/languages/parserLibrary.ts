import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';

/**
 * Bytes of the stack that the compiled parser keeps in its own memory. As shipped it has 64 KiB with the library's data right below: the recursion that some texts bring about writes over the data, unnoticed, and later
 * files are misread. With this much the engine's own stack, some 1 MB, always ends first, and says so with a RangeError.
 */
const STACK_BYTES = 8 << 20;

/** The unit of WebAssembly's memory in bytes. */
const PAGE_BYTES = 1 << 16;
const INITIAL_BYTES = 32 << 20;
/** What the parser may take in bytes. Nine megabytes of real code need a quarter of it; nonsense takes the two gigabytes that the library would allow. */
const MAXIMUM_BYTES = 1 << 30;

/** What is used of WebAssembly's JavaScript interface, which comes typed with browsers only. */
interface WebAssemblyApi {
  compile(program: Uint8Array): Promise<object>;
  Instance: new (program: object, imports: object) => Instance;
  Memory: new (pages: { initial: number; maximum: number }) => object;
}

interface Instance {
  exports: { malloc(bytes: number): number };
}

/** What Emscripten passes to the hook that makes an instance of the program; see `Module.instantiateWasm` in its documentation. */
interface Imports {
  env: { __stack_pointer: { value: number } };
}

/** The library keeps its memory in the module, so that each call loads a module of its own. @param wasmFolder absolute path of the folder with the library */
export async function loadLibrary(wasmFolder: string): Promise<typeof TreeSitter> {
  const require = createRequire(join(wasmFolder, 'tree-sitter.js'));
  delete require.cache[require.resolve('./tree-sitter.js')];
  const library = require('./tree-sitter.js') as typeof TreeSitter;
  const { compile, Instance, Memory } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
  const program = await compile(await readFile(join(wasmFolder, 'tree-sitter.wasm')));
  let enlargeStack: (() => void) | undefined;
  const options = {
    wasmMemory: new Memory({ initial: INITIAL_BYTES / PAGE_BYTES, maximum: MAXIMUM_BYTES / PAGE_BYTES }),
    locateFile: (file: string) => join(wasmFolder, file),
    instantiateWasm(imports: Imports, receive: (instance: Instance, program: object) => void) {
      const instance = new Instance(program, imports);
      enlargeStack = () => {
        // It grows downwards.
        imports.env.__stack_pointer.value = instance.exports.malloc(STACK_BYTES) + STACK_BYTES;
      };
      receive(instance, program);
      return instance.exports;
    },
    // It prints before it throws; the error says the same.
    printErr: () => undefined,
  };
  await library.Parser.init(options);
  enlargeStack?.();
  return library;
}
