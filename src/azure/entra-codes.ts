/** What an error of Entra means, for whom it was asked. */
interface Meaning {
  readonly message: (who: Who) => string;
  readonly hint: (who: Who) => string;
}

export interface Who {
  readonly clientId: string;
  readonly tenantId: string;
  /** What the token is for. */
  readonly resource: string;
  /** How to sign in anew. */
  readonly login: string;
}

const expired: Meaning = {
  message: () => 'the sign-in is no longer valid',
  hint: ({ login }) => `run \`${login}\``,
};

const federation: Meaning = {
  message: ({ clientId }) => `application ${clientId} does not trust this federated token`,
  hint: () => 'its federated credential must name the token’s issuer, subject and audience exactly',
};

/** Microsoft Entra authentication error codes, as its reference lists them. */
const meanings: Readonly<Record<string, Meaning>> = {
  '7000215': {
    message: ({ clientId }) => `the client secret of application ${clientId} is wrong`,
    hint: () => 'give the secret’s value, not its id; Entra shows the value only when it is made',
  },
  '7000222': {
    message: ({ clientId }) => `the client secret of application ${clientId} has expired`,
    hint: ({ clientId }) => `\`az ad app credential reset --id ${clientId}\` makes a new one`,
  },
  '700016': {
    message: ({ clientId, tenantId }) => `there is no application ${clientId} in tenant ${tenantId}`,
    hint: () => 'check clientId and tenantId: both stand on the application’s overview page',
  },
  '90002': {
    message: ({ tenantId }) => `there is no tenant ${tenantId} in this cloud`,
    hint: () => 'check tenantId (`az account show --query tenantId`), and `azure.cloud` or `--cloud`',
  },
  '700027': {
    message: ({ clientId }) => `application ${clientId} does not know this certificate, or it has expired`,
    hint: ({ clientId }) => `\`az ad app credential list --cert --id ${clientId}\` shows those that it knows`,
  },
  '700024': {
    message: () => 'the proof of identity is not valid at Entra’s time',
    hint: () => 'set this machine’s clock; a federated token may also be too old: get a new one',
  },
  '70021': federation,
  '700211': federation,
  '700212': federation,
  '700213': federation,
  '500011': {
    message: ({ tenantId, resource }) => `tenant ${tenantId} does not know ${resource} by this name`,
    hint: () => 'check `azure.cloud` (or `--cloud`) and `azure.endpoints.audience`',
  },
  '53003': {
    message: () => 'a conditional access policy forbids this sign-in',
    hint: () => 'ask who administers the tenant which machines and networks it allows',
  },
  '50076': expired,
  '50078': expired,
  '50079': expired,
  '50173': expired,
  '70043': expired,
  '700082': expired,
  '700084': expired,
};

/** An error code of Entra in words, or undefined for one that has no remedy of its own. */
export function entraMeaning(code: string, who: Who): { message: string; hint: string } | undefined {
  const meaning = meanings[code];
  return meaning === undefined ? undefined : { message: meaning.message(who), hint: meaning.hint(who) };
}
