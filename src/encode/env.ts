import type { Encodable } from './language.ts';
import { CONTROL, scalarText } from './scalar.ts';

const BARE = /^[A-Za-z0-9_.,:@%+/=-]+$/;

/**
 * The value of `NAME=value` in a file that a shell sources and that systemd reads as `EnvironmentFile=`, with the same
 * result. It must be the whole value: systemd takes a quote in the middle of a value literally.
 */
export function encodeEnv(value: Encodable): string {
  const text = scalarText('env', value, CONTROL);
  // Both readers give these four, and only these, their backslash back (systemd: SHELL_NEED_ESCAPE).
  return BARE.test(text) ? text : `"${text.replace(/[\\"$`]/g, String.raw`\$&`)}"`;
}
