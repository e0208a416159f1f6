import { isMap } from '../../../config/data.ts';
import type { Vault } from './vault.ts';

/** Keys of cloud-init's modules, and of what people write beside them, whose value is a secret whatever it looks like. */
const secretKey =
  /^(?:.*passw(?:or)?d|passwd|plain_text_passwd|hashed_passwd|.*secret(?:_?key)?|(?:.*[_-])?token|registration_key|.*private(?:_?key)?|client_?key(?:_?data)?|psk)$/i;

/** Such keys whose value says yes or no, or where something is. */
const plainKey = /^(?:lock_?passwd|.*_(?:file|path))$/i;

/** `root:hunter2`, as `chpasswd.list` has it. */
const listed = (line: string, vault: Vault): string =>
  line.replace(/^(\s*[^:\s]+:)(.+)$/, (_, user: string, word: string) => user + vault.keep('password', word));

function hidden(value: unknown, vault: Vault): unknown {
  if (typeof value === 'string' || typeof value === 'number') return vault.keep('password', String(value));
  if (Array.isArray(value)) return value.map((one: unknown) => hidden(one, vault));
  return value;
}

/** A module's value with its secrets masked, by the names of its keys. */
export function maskModule(key: string, value: unknown, vault: Vault): unknown {
  if (key === 'chpasswd' && isMap(value)) {
    const { list, ...rest } = value;
    const lines = Array.isArray(list)
      ? list.map(String)
      : typeof list === 'string'
        ? list.trimEnd().split('\n')
        : [];
    const others = maskAll(rest, vault);
    return lines.length === 0 ? others : { ...others, list: lines.map((line) => listed(line, vault)) };
  }
  if (key === 'random_seed' && isMap(value) && 'data' in value)
    return { ...value, data: vault.keep('random seed', String(value['data'])) };
  if (secretKey.test(key) && !plainKey.test(key)) return hidden(value, vault);
  if (Array.isArray(value)) return value.map((one: unknown) => maskModule('', one, vault));
  return isMap(value) ? maskAll(value, vault) : value;
}

function maskAll(mapping: Readonly<Record<string, unknown>>, vault: Vault): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [key, maskModule(key, value, vault)]),
  );
}
