import { clouds } from '../clouds.ts';
import type { Rule } from './rule.ts';

const proofs = ['secret', 'certificate', 'federated'] as const;

const principal = ['azure', 'signIn', 'servicePrincipal'] as const;

/** A service principal proves who it is in exactly one way. */
export const signInProof: Rule = ({ written, report }) => {
  if (!written(principal)) return;
  const given = proofs.filter((proof) => written([...principal, proof]));
  if (given.length === 1) return;
  report(
    principal,
    {
      code: 'config/one-of',
      message: '`servicePrincipal` needs exactly one of `secret`, `certificate` and `federated`',
      hint: 'keep one',
    },
    'key',
  );
};

/** The node asks the cloud's own Entra for tokens; the default is the public cloud's. */
export const authorityOfCloud: Rule = ({ config: { auth, azure }, written, report }) => {
  const { cloud, endpoints } = azure;
  if (auth?.mode !== 'service-principal' || cloud === 'public' || written(['auth', 'authority'])) return;
  const authority = endpoints.authority ?? clouds[cloud].authority;
  report(
    ['auth'],
    {
      code: 'config/authority',
      message: `the node would ask ${clouds.public.authority} for tokens, but the cloud is \`${cloud}\``,
      hint: `add \`authority: ${authority}\``,
    },
    'key',
  );
};
