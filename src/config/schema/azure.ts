import { clouds } from '../clouds.ts';
import type { JsonSchema } from '../mode.ts';

const guid = (description: string): JsonSchema => ({
  $ref: '#/$defs/guid',
  description,
  examples: ['11111111-2222-3333-4444-555555555555'],
});

const url = (description: string, example: string): JsonSchema => ({
  $ref: '#/$defs/httpsUrl',
  description,
  examples: [example],
});

const signIn: JsonSchema = {
  type: ['string', 'object'],
  format: 'sign-in',
  description:
    'Who asks Azure: `cli`, `azd`, `environment`, `managed-identity`, or one identity in full. Default: the environment if it names a service principal, else `az`, else `azd`.',
  properties: {
    servicePrincipal: {
      type: 'object',
      description: 'An Entra application with one of a secret, a certificate and a federated token.',
      examples: [
        {
          clientId: '11111111-2222-3333-4444-555555555555',
          tenantId: '11111111-2222-3333-4444-555555555555',
          secret: { env: 'AZURE_CLIENT_SECRET' },
        },
      ],
      properties: {
        clientId: guid('The application (client) id.'),
        tenantId: guid('The Entra tenant id.'),
        secret: {
          $ref: '#/$defs/secret',
          description: 'Its client secret.',
          examples: [{ env: 'AZURE_CLIENT_SECRET' }],
        },
        certificate: {
          $ref: '#/$defs/file',
          description: 'A PEM file with its certificate and the private key.',
          examples: [{ file: './flexgen.pem' }],
        },
        federated: {
          $ref: '#/$defs/file',
          description: 'A file with a token of an issuer that the application trusts.',
          examples: [{ file: '/run/secrets/oidc-token' }],
        },
      },
      required: ['clientId', 'tenantId'],
      additionalProperties: false,
    },
    managedIdentity: {
      type: 'object',
      description: 'A user-assigned managed identity of the Azure machine that flexgen runs on.',
      examples: [{ clientId: '11111111-2222-3333-4444-555555555555' }],
      properties: { clientId: guid('Its client id.') },
      required: ['clientId'],
      additionalProperties: false,
    },
  },
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  examples: ['cli', { managedIdentity: { clientId: '11111111-2222-3333-4444-555555555555' } }],
};

/** `azure`: how flexgen itself, on the workstation, asks Azure. The node sees nothing of it. */
export const azure: JsonSchema = {
  description: 'How flexgen signs in to Azure to read the cluster. Used with `cluster.resourceId` alone.',
  type: 'object',
  default: {},
  properties: {
    cloud: {
      enum: Object.keys(clouds),
      default: 'public',
      description: 'The Azure cloud.',
      examples: ['us-government'],
    },
    tenantId: guid('The tenant that `az` or `azd` signs in to. Default: that of the cluster’s subscription.'),
    signIn,
    endpoints: {
      description: 'A cloud of your own, or private endpoints; what is not given is that of `cloud`.',
      type: 'object',
      default: {},
      properties: {
        resourceManager: url('Azure Resource Manager.', 'https://management.corp.example'),
        audience: url(
          'Whom tokens for Resource Manager are for. Default: that of `cloud`.',
          'https://management.corp.example',
        ),
        authority: url('Entra.', 'https://login.corp.example'),
        ca: {
          $ref: '#/$defs/file',
          description: 'The private CA (PEM) that signs them, beside those that Node.js knows.',
          examples: [{ file: './corp.pem' }],
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};
