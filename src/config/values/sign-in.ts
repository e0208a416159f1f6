import { suggest } from '../../diagnostics/suggest.ts';
import { quote, quoteAll } from '../quote.ts';
import type { Check } from './value-problem.ts';

/** The ways to sign in that need no more than their name. */
const signInNames = ['cli', 'azd', 'environment', 'managed-identity'] as const;

export type SignInName = (typeof signInNames)[number];

export const isSignInName = (text: unknown): text is SignInName => signInNames.some((name) => name === text);

export const signIn: Check = (text) => {
  if (isSignInName(text)) return undefined;
  const near = text.length > 40 ? undefined : suggest(text, signInNames);
  const all = `one of ${quoteAll(signInNames, 'or')}, or {servicePrincipal: …}`;
  return {
    code: 'config/option',
    message: `${quote(text)} is no option of \`signIn\``,
    hint: near === undefined ? all : `did you mean ${quote(near)}? ${all}`,
  };
};
