import { quote } from '../quote.ts';
import type { Check } from './value-problem.ts';

const seconds = { m: 60, h: 3600, d: 86_400 } as const;

const isUnit = (text: string | undefined): text is keyof typeof seconds =>
  text !== undefined && text in seconds;

/** The seconds of `90m`, `24h` or `7d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  return isUnit(unit) ? Number(count) * seconds[unit] : undefined;
}

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
