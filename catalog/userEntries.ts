import type { ClientModel } from './schema/client.ts';
import type { ErrorCode } from './schema/code.ts';
import type { Library } from './schema/library.ts';

/** What users add to the catalogue: codes of their own Apex classes, clients and retry wrappers of their house. */
export interface UserEntries {
  codes: readonly ErrorCode[];
  clients: readonly ClientModel[];
  libraries: readonly Library[];
}

const NONE: UserEntries = { codes: [], clients: [], libraries: [] };
let entries = NONE;
let version = 0;

/** Replaces the users' entries; look-ups answer with them from now on. They must have been held against the schema. */
export function setUserEntries(added: UserEntries | undefined): void {
  entries = added ?? NONE;
  version++;
}

/** The users' entries now in force. */
export function userEntries(): UserEntries {
  return entries;
}

/** Makes a value when first asked and again after the users' entries have changed. */
export function onceForEntries<T>(make: () => T): () => T {
  let made: { value: T; version: number } | undefined;
  return () => (made?.version === version ? made : (made = { value: make(), version })).value;
}
