/** The org's clock: tests move it forward, the Demo org lets it run. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves the clock forward by so many milliseconds. */
  advance(milliseconds: number): void;
}

/** A clock over a source of milliseconds (the computer's clock by default). */
export function createClock(source: () => number = Date.now): Clock {
  let offset = 0;
  return {
    now: () => source() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}

/** The way the REST API writes a moment: 2026-11-20T08:15:30.000+0000. */
export function toApiDateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}
