import { arc } from './arc.ts';
import { bootstrapToken } from './bootstrap-token.ts';
import { managedIdentity } from './managed-identity.ts';
import { servicePrincipal } from './service-principal.ts';

/** One line per way to authenticate: the union, the schema, the docs and the plan follow from this list. */
export const authModes = [bootstrapToken, servicePrincipal, managedIdentity, arc] as const;

export type Auth = ReturnType<(typeof authModes)[number]['read']>;
