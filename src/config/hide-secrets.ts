import type { JsonSchema } from './mode.ts';
import type { Path } from './path.ts';
import { children, schemaAt, schemasAlong } from './schema/schema-at.ts';
import type { Positions } from './source/positions.ts';
import type { Source } from './source/source.ts';

const secretWord = /secret|token|passw|credential|key$/i;
const secretContent = /PRIVATE KEY|:\/\/[^/@\s]*@/;

/** What may be shown of a reference to a secret: where it points to, unless that is the secret itself by mistake. */
function isReference(path: Path, value: unknown): boolean {
  // Many a password would do as the name of a variable; hardly any looks like one.
  if (path[0] === 'env') return path.length === 1 && /^[A-Z_][A-Z0-9_]*$/.test(String(value));
  if (path[0] === 'file') return path.length === 1;
  return path[0] === 'command' && path.length === 2;
}

function isSecret(root: JsonSchema, data: unknown, path: Path, value: unknown): boolean {
  if (secretContent.test(String(value))) return true;
  const along = schemasAlong(root, path, data);
  const secret = along.findIndex((schema) => schema['secret'] === true);
  if (secret !== -1) return !isReference(path.slice(secret), value);
  const unknown = along.length <= path.length;
  return unknown && (path[0] === 'auth' || path.some((segment) => secretWord.test(String(segment))));
}

/** `{hunter2}` is a map with an empty key to YAML. */
function isSecretKey(root: JsonSchema, data: unknown, path: Path): boolean {
  const around = schemaAt(root, path.slice(0, -1), data);
  return around?.['secret'] === true && !Object.hasOwn(children(around, 'properties'), String(path.at(-1)));
}

/** Hides every value that is, or by its place or name may be, a secret that was written in plain. */
export function hideSecrets(source: Source, positions: Positions, root: JsonSchema, data: unknown): void {
  for (const { path, value, range, isKey } of positions.scalars) {
    const hidden = isKey ? isSecretKey(root, data, path) : isSecret(root, data, path, value);
    if (hidden) source.hide(range);
  }
}
