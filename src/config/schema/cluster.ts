import type { JsonSchema } from '../mode.ts';
import { factProperties } from './facts.ts';

/** `cluster`: a resource id, or a facts file, or the facts themselves. Which of them is a rule's matter. */
export const cluster: JsonSchema = {
  description:
    'The cluster to join: `resourceId`, or `facts`, or inline values that any conformant cluster has.',
  type: 'object',
  properties: {
    resourceId: {
      type: 'string',
      format: 'resource-id',
      description: 'The AKS cluster’s Azure resource id; its facts are then read from Azure.',
      examples: [
        '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1',
      ],
    },
    facts: {
      type: 'string',
      minLength: 1,
      description: 'A facts file, relative to this file: no network is needed.',
      examples: ['./aks1.facts.yaml'],
    },
    ...factProperties,
    ca: {
      type: ['string', 'object'],
      format: 'pem',
      multiline: true,
      description: 'The certificates that sign the API server’s, as PEM, or the file that has them.',
      properties: {
        file: {
          type: 'string',
          minLength: 1,
          description: 'A PEM file, relative to this file.',
          examples: ['./ca.crt'],
        },
      },
      required: ['file'],
      additionalProperties: false,
      examples: [{ file: './ca.crt' }],
    },
  },
  additionalProperties: false,
  examples: [{ facts: './aks1.facts.yaml' }],
};
