import { bootstrapToken } from './bootstrap-token.ts';
import { servicePrincipal } from './service-principal.ts';

/** One line per way to authenticate: the union, the schema, the docs and the plan follow from this list. */
export const authModes = [bootstrapToken, servicePrincipal] as const;

export type Auth = ReturnType<(typeof authModes)[number]['read']>;
