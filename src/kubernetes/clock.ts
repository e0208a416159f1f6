/** Milliseconds that only go forward. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
