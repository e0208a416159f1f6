import { namesAlone } from '../api-server.ts';
import type { ApiServer } from '../api-server.ts';
import { ownerOf, tokenNamespace } from '../bootstrap-token.ts';
import { manager, managerLabel, ownerLabel } from '../object.ts';
import { unlessForbidden } from '../refused.ts';
import { listIn } from '../json.ts';
import { lasting, onTheMachine, passing } from './reason.ts';
import type { Reason } from './reason.ts';
import type { Standing } from './stage.ts';

/** Whether flexgen has made a token for this node that is still there; null where the operator may not see it. */
async function hasToken(api: ApiServer, node: string): Promise<boolean | null> {
  const selector = `${managerLabel}=${manager},${ownerLabel} in (${ownerOf(node)},${ownerOf(null)})`;
  const path = `/api/v1/namespaces/${tokenNamespace}/secrets?labelSelector=${encodeURIComponent(selector)}`;
  const resource = `secrets in ${tokenNamespace}`;
  // What is in the Secrets is nobody's matter here.
  const answer = await unlessForbidden(api.call({ verb: 'list', resource, path, accept: namesAlone }));
  return answer === null ? null : listIn(answer, 'items').length > 0;
}

/** Why a machine can’t ask for its certificate, where it joins with a token of flexgen’s. Throws ClusterRefused. */
export async function whyNoToken(api: ApiServer, node: string): Promise<Reason | null> {
  return (await hasToken(api, node)) === false
    ? lasting(
        'join/no-token',
        'can’t ask for its certificate: the bootstrap token that was made for it has expired, or was deleted',
        'render again with `flexgen cloud-init`, which makes a new one, and boot the machine with that',
      )
    : null;
}

/** What may be the matter with a machine of which the cluster has heard nothing. */
export const silence = ({ seesRequests }: Pick<Standing, 'seesRequests'>): Reason =>
  passing(
    'join/no-request',
    `has not ${seesRequests ? 'asked for its certificate' : 'registered'}: it did not get so far, can’t reach the API server (network, DNS, clock), or is refused`,
    `its serial console says how far it is, \`flexgen cluster plan\` whether it may ask at all; ${onTheMachine}`,
  );

/** What may be the matter with a machine that has its certificate and does not register. */
export function whyNotRegistered({ request }: Standing): Reason {
  const validFrom = request?.validFrom ?? null;
  const clock =
    validFrom === null
      ? ''
      : `; its certificate is valid from ${validFrom.toISOString()}: a clock behind that refuses it (\`timedatectl\`)`;
  return passing(
    'join/not-registered',
    'has its certificate, and its kubelet does not register it',
    `${onTheMachine}${clock}`,
  );
}
