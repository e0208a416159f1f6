import type { DataMap } from '../../config/data.ts';
import type { Kind } from '../kinds.ts';
import type { WantedObject } from '../object.ts';
import { literal } from './base64.ts';
import { validationsOf, variablesOf } from './request.ts';

/** A token of one node brings a group along that ends with the node's name. */
const groupOfNode = 'system:bootstrappers:flexgen:node:';

/** Beyond, some lengths in a request have another form, which the policy does not read; labels have the same limit. */
const longestName = 63;

/** The name of a node that who asks for its certificate can be bound to; null where it is not known, or too long. */
export const bindable = (nodeName: string | null): string | null =>
  nodeName === null || nodeName.length > longestName ? null : nodeName;

/** The group of the tokens of one node; null where a token can't be bound to it. Groups have no dots, and names no colons. */
export function groupOf(nodeName: string | null): string | null {
  const name = bindable(nodeName);
  return name === null ? null : `${groupOfNode}${name.replaceAll('.', ':')}`;
}

const groups = 'request.userInfo.groups';
const isOfNode = `g.startsWith(${literal(groupOfNode)})`;

/** Looks at the requests for certificates that the condition is true of. */
function policy(
  name: string,
  condition: { readonly name: string; readonly expression: string },
  content: DataMap,
  bound: DataMap,
): readonly WantedObject[] {
  const own = { namespace: null, name, labels: {} } as const;
  const matchConstraints = {
    resourceRules: [
      {
        apiGroups: ['certificates.k8s.io'],
        apiVersions: ['v1'],
        operations: ['CREATE'],
        resources: ['certificatesigningrequests'],
        scope: '*',
      },
    ],
  };
  const spec = { failurePolicy: 'Fail', matchConstraints, matchConditions: [condition], ...content };
  return [
    { ...own, kind: 'ValidatingAdmissionPolicy', content: { spec } },
    {
      ...own,
      kind: 'ValidatingAdmissionPolicyBinding',
      content: { spec: { policyName: name, validationActions: ['Deny'], ...bound } },
    },
  ];
}

/** In the order in which they go: without its binding a policy is nothing. */
export const policyKinds = [
  'ValidatingAdmissionPolicyBinding',
  'ValidatingAdmissionPolicy',
] as const satisfies readonly Kind[];

/** A bootstrap token of one node asks for the certificate of that node and for no other. Whoever has others is not asked. */
export const tokenPolicy = policy(
  'flexgen-token-of-one-node',
  { name: 'token-of-one-node', expression: `${groups}.exists(g, ${isOfNode})` },
  {
    variables: variablesOf(
      `${groups}.filter(g, ${isOfNode})[0].substring(${groupOfNode.length}).replace(':', '.')`,
    ),
    validations: validationsOf('bootstrap token', ''),
  },
  {},
);

/** Of a binding to `system:node-bootstrapper`: the only node whose certificate who is bound may ask for. */
export const nodeLabel = 'flexgen/node';

export const identityPolicyName = 'flexgen-identity-of-one-node';

/**
 * The same for an identity of one node, of which its binding tells the name: each binding with that label is asked, and has
 * a word where it is for who asks. Nobody of the cluster's own is: what `system:` stands before is no identity of Entra.
 */
export const identityPolicy = policy(
  identityPolicyName,
  { name: 'identity', expression: `!request.userInfo.username.startsWith('system:')` },
  {
    paramKind: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' },
    variables: variablesOf(`params.metadata.labels[${literal(nodeLabel)}]`),
    validations: validationsOf(
      'identity',
      `!has(params.subjects) || !params.subjects.exists(s, s.kind == 'User' && s.name == request.userInfo.username) || `,
    ),
  },
  {
    paramRef: {
      parameterNotFoundAction: 'Allow',
      selector: { matchExpressions: [{ key: nodeLabel, operator: 'Exists' }] },
    },
  },
);
