import assert from 'node:assert/strict';

/** Waits until `probe` answers with something truthy, and gives it. @throws AssertionError that names `what` after the time limit (milliseconds) */
export async function eventually<T>(what: string, probe: () => T | Promise<T>, timeLimit = 20_000): Promise<NonNullable<Awaited<T>>> {
  const end = Date.now() + timeLimit;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    assert.ok(Date.now() < end, `${what}: not within ${timeLimit} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
