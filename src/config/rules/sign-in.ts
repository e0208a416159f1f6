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
