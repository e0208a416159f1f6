const seconds = { s: 1, m: 60, h: 3600 } as const;

/** The milliseconds of `90s`, `15m` or `1h`, and of `0`; undefined for anything else. */
export function parseTimeout(text: string): number | undefined {
  if (text === '0') return 0;
  const [, count, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  return unit === 's' || unit === 'm' || unit === 'h' ? Number(count) * seconds[unit] * 1000 : undefined;
}
