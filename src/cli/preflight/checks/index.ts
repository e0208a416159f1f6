import type { Check, CheckName } from '../check.ts';
import { apiServer } from './api-server.ts';
import { artifacts } from './artifacts.ts';
import { bindings } from './bindings.ts';
import { clock } from './clock.ts';
import { cluster } from './cluster.ts';
import { config } from './config.ts';
import { identity } from './identity.ts';
import { payload } from './payload.ts';
import { permissions } from './permissions.ts';
import { providers } from './providers.ts';
import { signIn } from './sign-in.ts';
import { subscription } from './subscription.ts';
import { versions } from './versions.ts';

/** Every check, in the order of the report; none needs one that stands below it. */
const checks = {
  config,
  'sign-in': signIn,
  subscription,
  providers,
  permissions,
  cluster,
  versions,
  payload,
  'api-server': apiServer,
  artifacts,
  identity,
  bindings,
  clock,
} as const satisfies Record<CheckName, Check>;

const isCheckName = (name: string): name is keyof typeof checks => name in checks;

/** The same as a list. */
export const checkList: readonly (readonly [CheckName, Check])[] = Object.keys(checks)
  .filter(isCheckName)
  .map((name) => [name, checks[name]]);
