import { isMap } from '../../config/data.ts';
import type { JsonSchema, ReadContext } from '../../config/mode.ts';
import type { SecretRef } from '../../config/spec.ts';
import { guidOf } from './entra-identity.ts';

/** How the machine becomes one of Arc's. */
export type ArcOnboarding =
  /** From here, before it boots. `machineKey`: see `primesOf`; `vmId`: a UUID, no secret. */
  | { readonly kind: 'preregistered'; readonly machineKey: SecretRef; readonly vmId: SecretRef }
  /** By itself, as a principal that may register machines. `tenantId`: null = the machine's. */
  | {
      readonly kind: 'service-principal';
      readonly clientId: string;
      readonly tenantId: string | null;
      readonly secret: SecretRef;
    }
  /** By itself, with a token of the operator's, which lives for about an hour. */
  | { readonly kind: 'access-token'; readonly token: SecretRef };

const kinds = ['preregistered', 'service-principal', 'access-token'] as const;

export const onboardingProperties: Readonly<Record<string, JsonSchema>> = {
  onboarding: {
    enum: kinds,
    default: kinds[0],
    description:
      'preregistered: flexgen makes the machine in Azure and its roles before it boots. service-principal, access-token: it makes itself.',
  },
  servicePrincipal: {
    type: 'object',
    description: 'With `onboarding: service-principal`: an application that may only register machines.',
    properties: {
      clientId: { $ref: '#/$defs/guid', description: 'The application (client) id.' },
      tenantId: { $ref: '#/$defs/guid', description: 'Its tenant. Default: the machine’s.' },
      secret: {
        $ref: '#/$defs/secret',
        description: 'Its client secret.',
        examples: [{ env: 'ARC_ONBOARDING_SECRET' }],
      },
    },
    required: ['clientId', 'secret'],
    additionalProperties: false,
    examples: [
      { clientId: '11111111-2222-3333-4444-555555555555', secret: { env: 'ARC_ONBOARDING_SECRET' } },
    ],
  },
};

const at = 'auth.servicePrincipal';

const primePlaceholder = Buffer.from('fake'.repeat(32)).toString('base64');
/** As long as the primes of a key of 2,048 bits. */
const keyPlaceholder = `${primePlaceholder} ${primePlaceholder} 65537`;

const minted = (path: string, placeholder: string): SecretRef => ({ at: path, kind: 'minted', placeholder });

/** Reads how the machine is registered; reports a principal that is lacking, or that nothing uses. */
export function readOnboarding(raw: Readonly<Record<string, unknown>>, context: ReadContext): ArcOnboarding {
  const kind = kinds.find((known) => known === raw['onboarding']) ?? kinds[0];
  const error = { severity: 'error', code: 'auth/arc-onboarding' } as const;
  if (kind !== 'service-principal' && context.written(at)) {
    const message = `\`onboarding: ${kind}\` uses no \`servicePrincipal\``;
    const hint = 'remove it, or write `onboarding: service-principal`';
    context.report(at, { ...error, message, hint }, 'key');
  }
  switch (kind) {
    case 'preregistered':
      return {
        kind,
        machineKey: minted('auth.machineKey', keyPlaceholder),
        vmId: minted('auth.vmId', '00000000-0000-4000-8000-000000000000'),
      };
    case 'access-token':
      // A token of Entra's for Resource Manager has about this size, mostly claims.
      return { kind, token: minted('auth.token', 'fake'.repeat(500)) };
    case 'service-principal': {
      if (!context.written(at)) {
        const message = '`onboarding: service-principal` needs `servicePrincipal`';
        const hint = 'add `servicePrincipal: {clientId: GUID, secret: {env: NAME}}`';
        context.report('auth.onboarding', { ...error, message, hint });
      }
      const principal = isMap(raw['servicePrincipal']) ? raw['servicePrincipal'] : {};
      return {
        kind,
        clientId: String(principal['clientId']),
        tenantId: guidOf(principal['tenantId']),
        secret: context.secret(principal['secret'] ?? {}, `${at}.secret`),
      };
    }
  }
}

/** What `azcmagent connect` is told of it. */
export function onboardingSettings(
  onboarding: ArcOnboarding,
  text: (ref: SecretRef) => string,
): Readonly<Record<string, string>> {
  switch (onboarding.kind) {
    case 'preregistered':
      return { 'vmid': text(onboarding.vmId), 'private-key': text(onboarding.machineKey) };
    case 'access-token':
      return { 'access-token': text(onboarding.token) };
    case 'service-principal':
      return {
        'service-principal-id': onboarding.clientId,
        'service-principal-secret': text(onboarding.secret),
        ...(onboarding.tenantId === null ? {} : { 'tenant-id': onboarding.tenantId }),
      };
  }
}
