import type { ApiServer } from '../api-server.ts';
import { approvalRole, renewalRole } from '../bindings.ts';
import { unlessForbidden } from '../refused.ts';
import { fieldsIn, listIn, textIn } from '../json.ts';
import { lasting, passing } from './reason.ts';
import type { Reason } from './reason.ts';
import type { NodeRequest } from './request.ts';

const roleFor = ({ node, requestor }: NodeRequest): string =>
  requestor === `system:node:${node}` ? renewalRole : approvalRole;

/** Whether a binding says that this one's requests are approved; null where the operator may not see it. */
async function isBound(api: ApiServer, request: NodeRequest): Promise<boolean | null> {
  const { requestor, groups } = request;
  const resource = 'clusterrolebindings';
  const path = `/apis/rbac.authorization.k8s.io/v1/${resource}`;
  const answer = await unlessForbidden(api.call({ verb: 'list', resource, path }));
  if (answer === null) return null;
  return listIn(answer, 'items')
    .filter((item) => textIn(fieldsIn(item, 'roleRef'), 'name') === roleFor(request))
    .flatMap((item) => listIn(item, 'subjects'))
    .some((subject) => {
      const name = textIn(subject, 'name');
      return textIn(subject, 'kind') === 'Group' ? groups.includes(name) : name === requestor;
    });
}

/** Why a request is not approved. Throws ClusterRefused. */
export async function whyNotApproved(api: ApiServer, request: NodeRequest): Promise<Reason> {
  const { name, requestor, state, message } = request;
  const asked = `asked with ${name}, which`;
  if (state === 'denied') {
    const hint = `\`kubectl describe csr ${name}\` says by whom; after that the machine has to ask again: restart kubelet there`;
    return lasting('join/denied', `${asked} was denied${message === '' ? '' : `: ${message}`}`, hint);
  }
  const byHand = `\`kubectl certificate approve ${name}\` approves this one`;
  const notApproved = `${asked} nobody approves`;
  switch (await isBound(api, request)) {
    case false:
      return passing(
        'join/not-approved',
        `${notApproved}: neither ${requestor} nor a group of it is bound to ClusterRole ${roleFor(request)}`,
        `\`flexgen cluster apply\` binds it, and the cluster approves by itself; ${byHand}`,
      );
    case true:
      return passing(
        'join/not-approved',
        `${notApproved}, though ${requestor} is bound to what the cluster approves by itself`,
        `the cluster’s approver (kube-controller-manager) may be off; ${byHand}`,
      );
    case null:
      return passing('join/not-approved', notApproved, `${byHand}; \`flexgen cluster apply\` for all`);
  }
}

/** Why an approved request has no certificate. */
export function whyNotSigned({ name, state, message }: NodeRequest): Reason {
  return state === 'failed'
    ? lasting(
        'join/not-signed',
        `asked with ${name}, which could not be signed: ${message}`,
        `\`kubectl describe csr ${name}\` shows it whole`,
      )
    : passing(
        'join/not-signed',
        `asked with ${name}, which is approved, and nothing signs it`,
        'the cluster’s signer (kube-controller-manager) may be off',
      );
}
