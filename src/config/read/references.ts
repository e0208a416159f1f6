import { isMap } from '../data.ts';
import type { FileRef, SecretRef } from '../spec.ts';

/** `{file: PATH}`, already checked. */
export function readFile(raw: unknown, at: string): FileRef {
  if (!isMap(raw)) throw new TypeError(`${at} is no file reference`);
  return { file: String(raw['file']), at };
}

/** `{env}`, `{file}` or `{command}`, already checked. */
export function readSecret(raw: unknown, at: string): SecretRef {
  if (!isMap(raw)) throw new TypeError(`${at} is no secret reference`);
  const { env, file, command } = raw;
  if (typeof env === 'string') return { at, kind: 'env', name: env };
  if (typeof file === 'string') return { at, kind: 'file', path: file };
  return { at, kind: 'command', argv: [command].flat().map(String) };
}
