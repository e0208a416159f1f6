import type { SignIn } from '../config/spec.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Identity, Principal } from './access.ts';
import { azureProblem } from './problem.ts';

/** What reads the texts that the sign-in is made of. */
export interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a reference of the config, by its path. */
  readonly text: (at: string) => string;
  /** The text of a file that an environment variable names, or a reason in words. */
  readonly file: (path: string) => Promise<Result<string>>;
}

const proofNames = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'];

/** Whether the environment means a service principal: a client id alone may be meant for a managed identity. */
function namesPrincipal(env: Sources['env']): boolean {
  return Boolean(env['AZURE_CLIENT_ID']) && proofNames.some((name) => Boolean(env[name]));
}

async function proofFromEnvironment({ env, file }: Sources): Promise<Result<Principal['proof']>> {
  const secret = env['AZURE_CLIENT_SECRET'];
  if (secret !== undefined && secret !== '') return ok({ kind: 'secret', secret });
  const certificate = env['AZURE_CLIENT_CERTIFICATE_PATH'];
  if (certificate !== undefined && certificate !== '') {
    const pem = await file(certificate);
    const password = env['AZURE_CLIENT_CERTIFICATE_PASSWORD'];
    if (!pem.ok) return pem;
    return ok({ kind: 'certificate', pem: pem.value, ...(password === undefined ? {} : { password }) });
  }
  const token = await file(env['AZURE_FEDERATED_TOKEN_FILE'] ?? '');
  return token.ok ? ok({ kind: 'federated', token: token.value.trim() }) : token;
}

/** The variables that every SDK of Azure reads. */
async function fromEnvironment(sources: Sources): Promise<Result<Identity>> {
  const { AZURE_CLIENT_ID: clientId = '', AZURE_TENANT_ID: tenantId = '' } = sources.env;
  const lacking = [
    ...(clientId === '' ? ['AZURE_CLIENT_ID'] : []),
    ...(tenantId === '' ? ['AZURE_TENANT_ID'] : []),
    ...(proofNames.some((name) => Boolean(sources.env[name])) ? [] : [`one of ${proofNames.join(', ')}`]),
  ];
  if (lacking.length > 0) {
    const hint = 'set it, or say in `azure.signIn` who asks';
    const message = `the environment names no whole service principal: it lacks ${lacking.join(' and ')}`;
    return { ok: false, errors: [azureProblem('azure/environment', message, hint)] };
  }
  const proof = await proofFromEnvironment(sources);
  return proof.ok
    ? ok({ kind: 'service-principal', principal: { clientId, tenantId, proof: proof.value } })
    : proof;
}

function configured(spec: Extract<SignIn, { kind: 'service-principal' }>, text: Sources['text']): Principal {
  const { clientId, tenantId, proof } = spec;
  switch (proof.kind) {
    case 'secret':
      return { clientId, tenantId, proof: { kind: 'secret', secret: text(proof.secret.at) } };
    case 'certificate':
      return { clientId, tenantId, proof: { kind: 'certificate', pem: text(proof.pem.at) } };
    case 'federated':
      return { clientId, tenantId, proof: { kind: 'federated', token: text(proof.token.at).trim() } };
  }
}

/** Who asks Azure. What the config or the environment names explicitly has no other behind it. */
export async function identityOf(spec: SignIn, sources: Sources): Promise<Result<Identity>> {
  switch (spec.kind) {
    case 'service-principal':
      return ok({ kind: 'service-principal', principal: configured(spec, sources.text) });
    case 'environment':
      return fromEnvironment(sources);
    case 'default':
      return namesPrincipal(sources.env) ? fromEnvironment(sources) : ok({ kind: 'command-lines' });
    case 'cli':
    case 'azd':
    case 'managed-identity':
      return ok(spec.kind === 'managed-identity' ? spec : { kind: spec.kind });
  }
}
