import { encodeEnv } from './env.ts';
import { encodeHcl } from './hcl.ts';
import { encodeIni } from './ini.ts';
import { encodeJson } from './json.ts';
import type { Encodable, Language } from './language.ts';
import { encodeSh } from './sh.ts';
import { encodeToml } from './toml.ts';
import { encodeUnit } from './unit.ts';
import { encodeYaml } from './yaml.ts';

export { EncodeError } from './language.ts';
export type { Encodable, Language } from './language.ts';

/** One value to one token of the language. Each throws an `EncodeError` on what its language cannot hold. */
export const encoders = {
  sh: encodeSh,
  unit: encodeUnit,
  env: encodeEnv,
  yaml: encodeYaml,
  toml: encodeToml,
  json: encodeJson,
  hcl: encodeHcl,
  ini: encodeIni,
} as const satisfies Record<Language, (value: Encodable) => string>;
