import type { JsonSchema } from '../../config/mode.ts';
import { textAt } from './entra-identity.ts';

/** What of the agent's package is not the vendor's default; null = it is. */
export interface ArcAgent {
  readonly version: string | null;
  readonly repository: string | null;
  readonly keyUrl: string | null;
  /** 40 hex digits, capital letters. */
  readonly keyFingerprint: string | null;
}

const url = (description: string, example: string): JsonSchema => ({
  $ref: '#/$defs/httpsUrl',
  description,
  examples: [example],
});

export const agentProperty: JsonSchema = {
  type: 'object',
  description:
    'The package of Arc’s agent, `azcmagent`. A lock file with an entry of it comes before all of this.',
  properties: {
    version: {
      type: 'string',
      format: 'package-version',
      description: 'The version. Default: the newest.',
      examples: ['1.60.03293.809'],
    },
    repository: url(
      'The apt repository. Default: the vendor’s, through `artifacts.mirror` where there is one.',
      'https://apt.corp.example/microsoft/ubuntu/24.04/prod',
    ),
    keyUrl: url(
      'The key that signs it, ASCII-armored. Default: the vendor’s, through `artifacts.mirror` where there is one.',
      'https://apt.corp.example/keys/microsoft.asc',
    ),
    keyFingerprint: {
      type: 'string',
      format: 'fingerprint',
      description: 'That key’s fingerprint. Default: the vendor’s.',
      examples: ['BC528686B50D79E339D3721CEB3E94ADBE1229CF'],
    },
  },
  additionalProperties: false,
  examples: [{ version: '1.60.03293.809' }],
};

export function readAgent(raw: unknown): ArcAgent {
  const { version, repository, keyUrl, keyFingerprint } = {
    version: null,
    repository: null,
    keyUrl: null,
    keyFingerprint: null,
    ...(typeof raw === 'object' ? raw : null),
  };
  return {
    version: textAt(version),
    repository: textAt(repository)?.replace(/\/+$/, '') ?? null,
    keyUrl: textAt(keyUrl),
    keyFingerprint: textAt(keyFingerprint)?.toUpperCase() ?? null,
  };
}
