import type { JsonSchema } from '../mode.ts';

/** What parts of the schema share; they say `$ref: '#/$defs/secret'` and add a description of their own. */
export const defs = {
  secret: {
    description: 'Where a secret comes from. Its value never stands in this file.',
    type: 'object',
    secret: true,
    properties: {
      env: {
        type: 'string',
        format: 'env-name',
        description: 'The name of an environment variable.',
        examples: ['BOOTSTRAP_TOKEN'],
      },
      file: {
        type: 'string',
        minLength: 1,
        description:
          'The path of a file, relative to this one. A line break at its end is refused: write it with `printf %s`.',
        examples: ['./token'],
      },
      command: {
        type: 'array',
        minItems: 1,
        items: { type: 'string', description: 'One word of the command; no shell reads it.' },
        description: 'A command and its arguments; what it prints is the secret.',
        examples: [['op', 'read', 'op://vault/aks/token']],
      },
    },
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    examples: [
      { env: 'BOOTSTRAP_TOKEN' },
      { file: './token' },
      { command: ['op', 'read', 'op://vault/aks/token'] },
    ],
  },
  file: {
    description: 'A file that is read when the payload is made.',
    type: 'object',
    properties: {
      file: {
        type: 'string',
        minLength: 1,
        description: 'The path, relative to this file.',
        examples: ['./corp-ca.pem'],
      },
    },
    required: ['file'],
    additionalProperties: false,
    examples: [{ file: './corp-ca.pem' }],
  },
  guid: {
    description: 'A GUID.',
    type: 'string',
    format: 'guid',
    examples: ['11111111-2222-3333-4444-555555555555'],
  },
  httpsUrl: {
    description: 'An https URL.',
    type: 'string',
    format: 'https-url',
    examples: ['https://login.microsoftonline.com'],
  },
  cidr: {
    description: 'A network in CIDR notation, IPv4 or IPv6.',
    type: 'string',
    format: 'cidr',
    examples: ['10.244.7.0/24'],
  },
} as const satisfies Record<string, JsonSchema>;
