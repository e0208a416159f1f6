import type { Draft } from './draft.ts';

const [token, arc, principal, managed] = [
  'azure.bootstrapToken.token',
  'azure.arc',
  'azure.servicePrincipal',
  'azure.managedIdentity',
];

/** A secret is never copied: the config says where it will be, and the report how it gets there. */
function refer(draft: Draft, path: string, to: string, variable: string): void {
  const why = `never in the file: the environment’s ${variable}`;
  draft.take(path, to, { env: variable }, why);
  draft.secrets.push({ variable, path });
}

function bootstrapToken(draft: Draft): void {
  draft.set('auth', { mode: 'bootstrap-token' });
  refer(draft, token, 'auth.token', 'BOOTSTRAP_TOKEN');
}

function servicePrincipal(draft: Draft): void {
  draft.set('auth', { mode: 'service-principal' });
  draft.take(`${principal}.clientId`, 'auth.clientId', draft.text(`${principal}.clientId`));
  const own = `${principal}.tenantId`;
  const from = draft.text(own) === undefined ? 'azure.tenantId' : own;
  draft.take(from, 'auth.tenantId', draft.text(from));
  refer(draft, `${principal}.clientSecret`, 'auth.secret', 'AZURE_CLIENT_SECRET');
}

function managedIdentity(draft: Draft): void {
  draft.set('auth', { mode: 'managed-identity' });
  draft.note({ path: managed, state: 'taken', to: 'auth.mode', why: null });
  const clientId = draft.text(`${managed}.clientId`);
  if (clientId !== undefined) draft.take(`${managed}.clientId`, 'auth.clientId', clientId);
}

function arcMachine(draft: Draft): void {
  draft.set('auth', { mode: 'arc' });
  draft.note({ path: `${arc}.enabled`, state: 'taken', to: 'auth.mode', why: null });
  for (const key of ['resourceGroup', 'location', 'machineName'] as const) {
    const text = draft.text(`${arc}.${key}`);
    if (text !== undefined) draft.take(`${arc}.${key}`, `auth.${key}`, text);
  }
  const tags = draft.value(`${arc}.tags`);
  if (tags !== undefined) draft.take(`${arc}.tags`, 'auth.tags', tags);
  for (const key of ['subscriptionId', 'tenantId'] as const) {
    const text = draft.text(`azure.${key}`);
    if (text !== undefined) draft.take(`azure.${key}`, `auth.${key}`, text);
  }
  const name = draft.text(`${arc}.machineName`);
  // flexgen makes the machine before it boots, so it must know what it will be called.
  if (name !== undefined && draft.text('agent.nodeName') === undefined)
    draft.set('node.name', name.toLowerCase());
}

const ways = [
  { isOn: (draft: Draft) => draft.value(`${arc}.enabled`) === true, section: arc, make: arcMachine },
  {
    isOn: (draft: Draft) => draft.text(`${principal}.clientId`) !== undefined,
    section: principal,
    make: servicePrincipal,
  },
  {
    isOn: (draft: Draft) => draft.has(managed) || draft.has(`${managed}.clientId`),
    section: managed,
    make: managedIdentity,
  },
] as const;

/** Drops what is left of how the old node signed in, with the reason. */
function dropRest(draft: Draft, why: string): void {
  for (const { path } of draft.unsettled())
    if ([arc, principal, managed].some((section) => path === section || path.startsWith(`${section}.`)))
      draft.drop(path, why);
}

/** Who the node is: one way, or a token with one way of Azure’s beside it. */
export function migrateIdentity(draft: Draft): void {
  const on = ways.filter(({ isOn }) => isOn(draft));
  const [way, other] = on;
  if (way !== undefined && other !== undefined) {
    const hint = 'keep the one that the nodes use; AKSFlexNode takes one of them only, too';
    draft.refuse(`${way.section} and ${other.section} exclude each other`, hint);
    return;
  }
  const hasToken = draft.text(token) !== undefined;
  if (hasToken) bootstrapToken(draft);
  else if (way !== undefined) way.make(draft);
  // The old node used whoever was signed in there with the Azure CLI: a person.
  else draft.set('auth', { mode: 'bootstrap-token' });
  dropRest(
    draft,
    hasToken && way !== undefined
      ? 'the token alone joins the node; this registered its machine in Azure'
      : 'of another way to sign in',
  );
  draft.drop('azure.subscriptionId', 'it is in the cluster’s resource id');
  draft.drop('azure.tenantId', 'that of the cluster’s subscription');
}
