import { aksScope } from '../../../azure/aks-scope.ts';
import { identityContext, inspect } from '../../identity/index.ts';
import { proofOf } from '../../identity/principal-proof.ts';
import { textOf } from '../../open-config.ts';
import { failures, fine, needs } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import { probe } from '../probe.ts';
import { prove } from '../prove.ts';
import type { NodePrincipal } from '../prove.ts';
import { proxyFor } from '../proxy.ts';
import { reasonOf } from '../reason.ts';
import type { Situation } from '../situation.ts';

type Auth = Situation['config']['loaded']['spec']['auth'];
type Of<Mode extends Auth['mode']> = Extract<Auth, { readonly mode: Mode }>;

const machineOnly = (detail: string): readonly Outcome[] => [{ state: 'unknown', detail }];

/** What a token of the config is to the API server: it knows it, or it does not. */
async function tokenOf(situation: Situation, { token }: Of<'bootstrap-token'>): Promise<readonly Outcome[]> {
  if (token.kind === 'minted') return fine('flexgen makes a token in the cluster when it renders');
  const { facts, config, proxies } = situation;
  const known = await facts();
  if (!known.ok) return needs('cluster');
  const url = new URL('/version', known.value.server);
  const bearer = textOf(config.texts)(token);
  const question = { method: 'GET', ca: [known.value.ca], proxy: proxyFor(url, proxies), bearer } as const;
  try {
    // Who may do nothing here is still known; 401 alone says that nobody is.
    if ((await probe(url, question)).status !== 401) return fine('the API server knows the token');
  } catch (error) {
    reasonOf(error);
    return needs('api-server');
  }
  const remedy = 'it has expired or is of another cluster; with `ttl` in place of `token` flexgen makes one';
  return [{ state: 'failed', detail: 'the API server does not know the bootstrap token', remedy }];
}

async function signsIn(
  situation: Situation,
  node: NodePrincipal,
  objectId: string | null,
): Promise<readonly Outcome[]> {
  const { clientId } = node.principal;
  const proven = await prove(node, situation);
  if (!proven.ok) return failures(proven.errors);
  const real = proven.value.toLowerCase();
  if (objectId === null || objectId.toLowerCase() === real)
    return fine(`service principal ${clientId} signs in, object id ${real}`);
  const detail = `service principal ${clientId} has the object id ${real}, not ${objectId}`;
  const remedy =
    'correct `auth.objectId`: that of the application is another than that of its service principal';
  return [{ state: 'failed', detail, remedy }];
}

async function principalOf(situation: Situation, auth: Of<'service-principal'>): Promise<readonly Outcome[]> {
  const { proof, clientId, tenantId, authority, authorityCa, objectId } = auth;
  if (proof.kind === 'federated')
    return machineOnly(`not to be known here: only the machine has the token in ${proof.tokenFile}`);
  const principal = { clientId, tenantId, proof: proofOf(proof, situation.config.texts) };
  return await signsIn(situation, { principal, authority, authorityCa, scope: aksScope }, objectId);
}

/** The machine in Azure, as far as it is there, and whether its key is here. */
async function registered({ file, planned, world }: Situation): Promise<readonly Outcome[]> {
  const plan = await planned();
  if (!plan.ok) return needs('config');
  const found = await inspect(identityContext(plan.value, { config: file }, world));
  if (!found.ok) return failures(found.errors);
  const machine = found.value.items.find(({ kind }) => kind === 'machine');
  if (machine === undefined) return fine('the machine’s name is known to it alone');
  const { name, detail, action } = machine;
  const isThere = action === 'keep' || action === 'change';
  return fine(`machine ${name} (${detail}) ${isThere ? 'is registered' : 'can be registered'}`);
}

async function arcOf(situation: Situation, { onboarding, tenantId }: Of<'arc'>): Promise<readonly Outcome[]> {
  switch (onboarding.kind) {
    case 'preregistered':
      return await registered(situation);
    case 'access-token':
      return fine('the machine registers itself with a token of who is signed in');
    case 'service-principal': {
      const known = await situation.facts();
      const tenant = onboarding.tenantId ?? tenantId ?? (known.ok ? known.value.tenantId : null);
      if (tenant === null) return machineOnly('not known: nothing says its tenant');
      const secret = textOf(situation.config.texts)(onboarding.secret);
      const proof = { kind: 'secret', secret } as const;
      const principal = { clientId: onboarding.clientId, tenantId: tenant, proof };
      const node = { principal, authority: null, authorityCa: null, scope: null };
      return await signsIn(situation, node, null);
    }
  }
}

/** What the machine joins with is good, as far as that can be known without the machine. */
export const identity: Check = {
  why: 'the machine joins with it at its first boot, where nobody sees why it is refused',
  online: true,
  after: ({ config }) => {
    const { auth } = config.loaded.spec;
    if (auth.mode === 'bootstrap-token') return auth.token.kind === 'minted' ? [] : ['api-server'];
    const isLookedUp = auth.mode === 'arc' && auth.onboarding.kind === 'preregistered';
    return isLookedUp
      ? ['config', 'sign-in', 'subscription', 'providers', 'permissions', 'cluster', 'versions']
      : [];
  },
  applies: () => true,
  async run(situation) {
    const { auth } = situation.config.loaded.spec;
    switch (auth.mode) {
      case 'bootstrap-token':
        return await tokenOf(situation, auth);
      case 'service-principal':
        return await principalOf(situation, auth);
      case 'arc':
        return await arcOf(situation, auth);
      case 'managed-identity':
        return machineOnly('not to be known here: only the machine can ask its metadata service');
    }
  },
};
