import { ClusterRefused } from './refused.ts';

/** A request that the API server did not grant. */
export interface Refusal {
  readonly status: number;
  /** RBAC's verb: get, list, create, patch, delete. */
  readonly verb: string;
  readonly resource: string;
  /** `metav1.Status.message`. */
  readonly message: string;
  /** What to do about a 401. */
  readonly signIn: string;
}

/** Who may do all that flexgen asks of a cluster. */
export const rbacHint =
  'with Azure RBAC you need the role “Azure Kubernetes Service RBAC Cluster Admin” on the cluster, else ClusterRole cluster-admin';

function wordsFor({
  status,
  verb,
  resource,
  message,
  signIn,
}: Refusal): readonly [what: string, hint: string] {
  const who = /^.*?\bUser "([^"]+)"/i.exec(message)?.[1];
  switch (status) {
    case 401:
      return ['the API server does not accept this sign-in: it is wrong or has expired (401)', signIn];
    case 403:
      return message.includes('attempting to grant RBAC permissions')
        ? [`${who ?? 'you'} may write ${resource} but not grant what you don’t have yourself (403)`, rbacHint]
        : [`${who ?? 'you'} may not ${verb} ${resource} (403)`, rbacHint];
    case 404:
      return [
        `the API server knows no ${resource} to ${verb} (404)`,
        'somebody deleted it meanwhile, or RBAC is off in this cluster: run `flexgen cluster plan` again',
      ];
    case 409:
    case 412:
      return [
        `somebody else changed the same ${resource} meanwhile (${status})`,
        'see what it is now with `flexgen cluster plan`, then run the command again',
      ];
    case 429:
      return ['the API server has too much to do (429)', 'run the command again later'];
    default:
      return [
        `the API server could not ${verb} ${resource} (${status}): ${message || 'it gives no reason'}`,
        status >= 500 ? 'it is the cluster’s own trouble: run the command again later' : 'see the message',
      ];
  }
}

/** An answer other than 2xx in words, with what the operator can do. */
export function statusProblem(refusal: Refusal): ClusterRefused {
  return new ClusterRefused(...wordsFor(refusal), refusal.status, refusal.message);
}
