import { parseVersion } from '../../catalog/index.ts';
import type { ApiServer } from '../api-server.ts';
import { whyNoToken, whyNotRegistered } from './absence.ts';
import { whyNotApproved, whyNotSigned } from './approval.ts';
import { whyNotReady } from './not-ready.ts';
import { passing } from './reason.ts';
import type { Reason } from './reason.ts';
import type { Standing } from './stage.ts';

/** What is known beside what the cluster says. */
export interface Background {
  readonly api: ApiServer;
  /** The API server's own; null where it does not say. */
  readonly version: string | null;
  /** The config's `network.mode`. */
  readonly networkMode: string;
  /** Whether flexgen makes the token that this node joins with. */
  readonly mintsTokenFor: (node: string) => boolean;
}

/** Why a node does not go on from where it stands; null where nothing is known. Throws ClusterRefused. */
export async function explain(standing: Standing, background: Background): Promise<Reason | null> {
  const { api, networkMode, mintsTokenFor } = background;
  const { stage, request, node } = standing;
  switch (stage) {
    case 'request':
      return mintsTokenFor(standing.name) ? await whyNoToken(api, standing.name) : null;
    case 'approval':
      return request === null ? null : await whyNotApproved(api, request);
    case 'signature':
      return request === null ? null : whyNotSigned(request);
    case 'registration':
      return whyNotRegistered(standing);
    case 'ready':
      return node === null ? null : await whyNotReady(api, node, networkMode);
    case 'heartbeat':
      return passing(
        'join/silent',
        'was Ready, and its kubelet renews no lease: this may be what an earlier machine of that name has left',
        '`kubectl delete node` removes what is left; a machine that is alive registers again',
      );
    case 'done':
      return null;
  }
}

/** kubernetes.io/releases/version-skew-policy */
const oldest = 3;

function skewOf({ node }: Standing, server: string | null): Reason | null {
  const [kubelet, api] = [parseVersion(node?.kubelet ?? ''), parseVersion(server ?? '')];
  if (kubelet === undefined || api === undefined || kubelet.major !== api.major) return null;
  const behind = api.minor - kubelet.minor;
  if (behind >= 0 && behind <= oldest) return null;
  return passing(
    'join/version-skew',
    `runs kubelet ${node?.kubelet}, which is ${behind < 0 ? 'newer than' : 'too old for'} the API server ${server}`,
    'leave `versions.kubernetes` out, and render again: the cluster’s version is taken',
  );
}

function clockOf({ pulse }: Standing): Reason | null {
  if (pulse === null || pulse.ahead === null) return null;
  const seconds = Math.round(Math.abs(pulse.ahead) / 1000);
  return passing(
    'join/clock',
    `has a clock that is ${seconds} s ${pulse.ahead > 0 ? 'ahead of' : 'behind'} the API server’s`,
    'tokens and certificates are refused from a wrong clock: `timedatectl` on the machine says whether it is synchronised',
  );
}

/** What is wrong with a node that is there, whether it is Ready or not. */
export function flaws(standing: Standing, { version }: Background): readonly Reason[] {
  const { node } = standing;
  const uninitialised = 'node.cloudprovider.kubernetes.io/uninitialized';
  const found = [skewOf(standing, version), clockOf(standing)];
  if (node?.taints.includes(uninitialised)) {
    found.push(
      passing(
        'join/uninitialized',
        `has the taint ${uninitialised}, and takes no pods`,
        'no cloud provider is for this machine: leave `--cloud-provider` out of kubelet’s settings',
      ),
    );
  }
  if (node?.unschedulable === true) {
    const hint = `\`kubectl uncordon ${node.name}\` ends it`;
    found.push(passing('join/cordoned', 'is cordoned, and takes no pods', hint));
  }
  return found.filter((reason) => reason !== null);
}
