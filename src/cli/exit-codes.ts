/** How every command ends. Documented in the README; scripts rely on the numbers. */
export const exitCodes = {
  ok: 0,
  bug: 1,
  usage: 2,
  config: 3,
  refused: 4,
  check: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
