/** Says what the rig does, on standard error. */
export function say(text: string): void {
  process.stderr.write(`rig: ${text}\n`);
}

/** Runs `work` and says what it was and how many seconds it took. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  say(`${what} ...`);
  const result = await work();
  say(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}
