import type { Protocol } from '../../facts/facts.ts';

/** Functions of the standard library, by module, that run what is given to them, wait for it or end the program. */
const FUNCTIONS: Record<string, Record<string, Protocol>> = {
  asyncio: { gather: 'all', create_task: 'resolve', ensure_future: 'resolve', wait_for: 'resolve', shield: 'resolve' },
  sys: { exit: 'exit' },
  os: { _exit: 'exit', abort: 'exit' },
  threading: { Thread: 'aside', Timer: 'aside' },
  atexit: { register: 'aside' },
  signal: { signal: 'later' },
};

const GLOBALS: Record<string, Protocol> = { exit: 'exit', quit: 'exit' };

/** Methods whose name alone tells what they do with what is given to them. */
const METHODS: Record<string, Protocol> = { append: 'push', extend: 'push', appendleft: 'push', add_done_callback: 'event', create_task: 'resolve' };

/** What a call of a function does, by the language's own vocabulary. `module`: where it comes from, empty for a method; absent for a name that is there without an import. */
export function protocolOf(module: string | undefined, name: string): Protocol | undefined {
  if (module === undefined) return Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined;
  if (module === '') return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  const functions = Object.hasOwn(FUNCTIONS, module) ? FUNCTIONS[module]! : {};
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}
