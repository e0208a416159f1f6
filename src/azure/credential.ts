import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
} from '@azure/identity';
import type { AccessToken, TokenCredential } from '@azure/identity';
import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Access, Principal } from './access.ts';
import { certificateProblem } from './certificate-problem.ts';
import { commandLineProblem, nobodySignedIn } from './command-line-problem.ts';
import type { Program } from './command-line-problem.ts';
import { hasTokenService } from './imds-probe.ts';
import { noManagedIdentity, signInProblem } from './sign-in-problem.ts';
import { createTransport } from './transport.ts';

/** `az` starts a Python, asks Entra, and may wait for a slow disk first. */
const processTimeoutInMs = 30_000;

const failed = (problem: ReturnType<typeof signInProblem>) => ({ ok: false, errors: [problem] }) as const;

function principalCredential(
  { clientId, tenantId, proof }: Principal,
  { authority }: Access,
  transport: ReturnType<typeof createTransport>,
): TokenCredential {
  const options = {
    ...transport.options,
    authorityHost: authority,
    // Asks the public cloud about any authority that the SDK does not know.
    disableInstanceDiscovery: true,
  };
  switch (proof.kind) {
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, proof.secret, options);
    case 'federated':
      return new ClientAssertionCredential(tenantId, clientId, async () => proof.token, options);
    case 'certificate': {
      const { pem, password } = proof;
      const certificate = {
        certificate: pem,
        ...(password === undefined ? {} : { certificatePassword: password }),
      };
      return new ClientCertificateCredential(tenantId, clientId, certificate, options);
    }
  }
}

/** A token from one credential that no other stands in for: the SDK's own chain takes a wrong secret for "try the next". */
async function tokenOf(access: Access): Promise<Result<AccessToken>> {
  const { identity, ca, scope } = access;
  const transport = createTransport(ca);
  if (identity.kind === 'service-principal' && identity.principal.proof.kind === 'certificate') {
    const { pem, password } = identity.principal.proof;
    const problem = certificateProblem(pem, password, Date.now());
    if (problem !== undefined) return failed(problem);
  }
  try {
    const credential =
      identity.kind === 'service-principal'
        ? principalCredential(identity.principal, access, transport)
        : new ManagedIdentityCredential({
            ...transport.options,
            ...('clientId' in identity ? { clientId: identity.clientId } : {}),
          });
    const token = await credential.getToken(scope);
    if (token === null) throw new Error(`${identity.kind} gave neither a token nor a reason`);
    return ok(token);
  } catch (error) {
    return failed(signInProblem(error, transport.failure(), access));
  }
}

async function commandLineToken(
  program: Program,
  access: Access,
  subscriptionId: string,
): Promise<{ readonly result: Result<AccessToken>; readonly next: boolean }> {
  const tenant = access.tenantId === null ? {} : { tenantId: access.tenantId };
  const credential =
    program === 'azd'
      ? new AzureDeveloperCliCredential({ processTimeoutInMs, ...tenant })
      : new AzureCliCredential({
          processTimeoutInMs,
          // `az` knows the tenant of each subscription that it sees, and takes only one of the two.
          ...(access.tenantId === null ? { subscription: subscriptionId } : tenant),
        });
  try {
    const token = await credential.getToken(access.scope);
    return { result: ok(token), next: false };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'CredentialUnavailableError') throw error;
    if (/AADSTS\d/.test(error.message)) {
      const kind = program === 'az' ? 'cli' : 'azd';
      const problem = signInProblem(error, undefined, { ...access, identity: { kind } });
      return { result: failed(problem), next: false };
    }
    const { problem, next } = commandLineProblem(program, error.message, subscriptionId);
    return { result: failed(problem), next };
  }
}

/** Signs in and returns a token for Resource Manager, or why there is none. */
export async function signIn(access: Access, subscriptionId: string): Promise<Result<AccessToken>> {
  switch (access.identity.kind) {
    case 'service-principal':
      return tokenOf(access);
    case 'managed-identity':
      return (await hasTokenService(process.env)) ? tokenOf(access) : failed(noManagedIdentity);
    case 'cli':
      return (await commandLineToken('az', access, subscriptionId)).result;
    case 'azd':
      return (await commandLineToken('azd', access, subscriptionId)).result;
    case 'command-lines': {
      const az = await commandLineToken('az', access, subscriptionId);
      if (!az.next) return az.result;
      const azd = await commandLineToken('azd', access, subscriptionId);
      return azd.next ? failed(nobodySignedIn) : azd.result;
    }
  }
}
