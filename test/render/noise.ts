/** Text that hardly gets smaller, the same at each run: xorshift32. */
export function noise(bytes: number): string {
  let state = 2_463_534_242;
  const next = (): string => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) % 36).toString(36);
  };
  return Array.from({ length: bytes }, next).join('');
}
