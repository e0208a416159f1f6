import { quote } from '../quote.ts';
import type { Check } from './value-problem.ts';

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

const isUnit = (text: string | undefined): text is keyof typeof seconds =>
  text !== undefined && text in seconds;

const reader =
  (pattern: RegExp) =>
  (text: string): number | undefined => {
    const [, count, unit] = pattern.exec(text) ?? [];
    return isUnit(unit) ? Number(count) * seconds[unit] : undefined;
  };

/** The seconds of `90m`, `24h` or `7d`; undefined for anything else. */
export const parseDuration = reader(/^([1-9]\d{0,5})([mhd])$/);

/** The seconds of `90s`, `5m` or `1h`; undefined for anything else. */
export const parseWait = reader(/^([1-9]\d{0,5})([smh])$/);

const longestWait = seconds.h;

/** How long a machine may wait for something of its own. */
export const wait: Check = (text) => {
  const code = 'config/duration';
  const time = parseWait(text);
  if (time === undefined)
    return { code, message: 'this is not a duration', hint: 'write it like `90s`, `5m` or `1h`' };
  if (time <= longestWait) return undefined;
  const message = `${quote(text)} is too long to wait before anything is said`;
  return { code, message, hint: 'at most `1h`; the machine begins anew after it' };
};

const shortest = 10 * seconds.m;
const longest = 168 * seconds.h;

/** How long a bootstrap token may live. */
export const tokenLife: Check = (text) => {
  const code = 'config/duration';
  const life = parseDuration(text);
  if (life === undefined)
    return { code, message: 'this is not a duration', hint: 'write it like `90m`, `24h` or `7d`' };
  if (life < shortest) {
    const message = `a token that lives for ${quote(text)} has expired before the machine is up`;
    return { code, message, hint: 'from `10m` to `168h`' };
  }
  if (life <= longest) return undefined;
  return {
    code,
    message: `${quote(text)} is too long: whoever reads this token in user-data can join machines for as long as it lives`,
    hint: 'at most `168h`; machines that boot later than that need another mode: service-principal, managed-identity or arc',
  };
};
