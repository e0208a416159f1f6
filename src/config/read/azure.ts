import type { RawAzure } from '../raw-config.ts';
import type { AzureSpec, FileRef, SignIn, SignInProof } from '../spec.ts';
import { isSignInName } from '../values/sign-in.ts';
import { readFile, readSecret } from './references.ts';

const origin = (url: string | undefined): string | null => url?.replace(/\/+$/, '') ?? null;

const fileOf = (raw: unknown, at: string): FileRef | null => (raw === undefined ? null : readFile(raw, at));

function readProof(
  raw: NonNullable<Exclude<RawAzure['signIn'], string | undefined>['servicePrincipal']>,
): SignInProof {
  const at = 'azure.signIn.servicePrincipal';
  const certificate = fileOf(raw.certificate, `${at}.certificate`);
  if (certificate !== null) return { kind: 'certificate', pem: certificate };
  const federated = fileOf(raw.federated, `${at}.federated`);
  if (federated !== null) return { kind: 'federated', token: federated };
  return { kind: 'secret', secret: readSecret(raw.secret ?? {}, `${at}.secret`) };
}

function readSignIn(raw: RawAzure['signIn']): SignIn {
  if (raw === undefined || typeof raw === 'string') return { kind: isSignInName(raw) ? raw : 'default' };
  const { servicePrincipal, managedIdentity } = raw;
  if (servicePrincipal === undefined)
    return { kind: 'managed-identity', ...(managedIdentity === undefined ? {} : managedIdentity) };
  const { clientId = '', tenantId = '' } = servicePrincipal;
  return { kind: 'service-principal', clientId, tenantId, proof: readProof(servicePrincipal) };
}

/** A checked `azure` section. */
export function readAzure({ cloud, tenantId, signIn, endpoints }: RawAzure): AzureSpec {
  return {
    cloud,
    tenantId: tenantId ?? null,
    signIn: readSignIn(signIn),
    endpoints: {
      resourceManager: origin(endpoints.resourceManager),
      audience: origin(endpoints.audience),
      authority: origin(endpoints.authority),
      ca: fileOf(endpoints.ca, 'azure.endpoints.ca'),
    },
  };
}

/** What a config without the section means. */
export const defaultAzure: AzureSpec = readAzure({ cloud: 'public', endpoints: {} });
