import type { Place } from './places.ts';

/** Why a secret may be in a place. */
type Reasons = Readonly<Partial<Record<Place, string>>>;

const joins = { 'payload': 'the node joins with it', 'private file': 'a payload, written 0600' } as const;
const stays = { 'payload': 'the node needs it', 'private file': 'a payload, written 0600' } as const;

/** Where each secret may be at the workstation, by design. */
export const allowed: Readonly<Record<string, Reasons>> = {
  'bootstrap token, given': joins,
  'bootstrap token, made': joins,
  'client secret': joins,
  'certificate’s private key': joins,
  'Arc machine’s private key': {
    ...joins,
    'private file': 'a payload, and the state folder `.flexgen`, each 0600',
  },
  'Arc onboarding secret': joins,
  'registry’s password': stays,
  'proxy’s password': stays,
  'password in the user’s own user-data': stays,
  'access tokens of Entra': {
    ...joins,
    'private file': 'with `onboarding: access-token` the machine registers itself with it',
  },
  'operator’s proxy password': {
    environment:
      '`az` and other programs reach the network through the same proxy: HTTPS_PROXY is theirs, too',
  },
  'operator’s client secret': {
    environment: 'of the program by which a kubeconfig signs in: kubelogin reads AZURE_CLIENT_SECRET',
  },
  'operator’s password of a certificate': {
    environment: 'of the same program: kubelogin reads AZURE_CLIENT_CERTIFICATE_PASSWORD',
  },
};
