import type { BootedNode } from '../../scenario.ts';
import { until } from '../../services/processes.ts';
import { run } from '../../services/run.ts';
import { binding, group } from '../../services/rbac.ts';
import type { Cell, CellStage } from '../cell.ts';

const csr = 'system:certificates.k8s.io:certificatesigningrequests';

const tokenId = ({ identity }: BootedNode): string => identity.secrets[0]?.text.split('.')[0] ?? '';

let groups = 0;

/** May ask for a certificate; nobody says yes by himself. */
async function mayOnlyAsk({ site }: CellStage): Promise<void> {
  const name = `system:bootstrappers:asks-${++groups}`;
  site.bootstrapGroup = name;
  await site.controlPlane.apply(binding(name, 'system:node-bootstrapper', [group(name)]));
}

/** Says yes to what comes; a person, whom the controller's growing pauses do not hold up, to what is there. */
const approves: Cell['lift'] = async (stage, node) => {
  const { apply, kubectl } = stage.site.controlPlane;
  const name = stage.site.bootstrapGroup ?? '';
  await apply(binding(`${name}:approved`, `${csr}:nodeclient`, [group(name)]));
  const names = await requestsOf(stage, node);
  if (names.length > 0) await kubectl(['certificate', 'approve', ...names]);
};

interface Request {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly username: string };
  readonly status: { readonly conditions?: readonly unknown[] };
}

/** The names of the machine's requests that nobody has answered. */
async function requestsOf({ site }: CellStage, node: BootedNode): Promise<readonly string[]> {
  const list = await site.controlPlane.kubectl(['get', 'csr', '-o', 'json']);
  const { items } = JSON.parse(list) as { items: readonly Request[] };
  return items
    .filter(({ spec, status }) => spec.username.endsWith(`:${tokenId(node)}`) && !status.conditions)
    .map(({ metadata }) => metadata.name);
}

/** Says no to the first. */
const denies: Cell['strike'] = async (stage, node) => {
  let names: readonly string[] = [];
  const isThere = async (): Promise<boolean> => {
    names = await requestsOf(stage, node);
    return names.length > 0;
  };
  await until(`a request of ${node.nodeName}`, isThere, { seconds: 200 * stage.patience });
  await stage.site.controlPlane.kubectl(['certificate', 'deny', ...names]);
};

const neverApproved: Cell = {
  step: 'registered',
  fault: 'certificate request is not approved',
  setting: 'namespaces',
  prepare: mayOnlyAsk,
  verdict: /FAILED at registered \(61\): \S+ is not in rig: nobody approves/,
  lift: approves,
};

const denied: Cell = {
  step: 'registered',
  fault: 'certificate request is denied',
  setting: 'namespaces',
  prepare: mayOnlyAsk,
  strike: denies,
  verdict: /FAILED at registered \(61\): \S+ is not in rig: .*denied/,
  lift: approves,
};

/** The API server learns of what it has deleted from its own watch, which takes a while where it has much to do. */
async function isForgotten({ site }: CellStage, { identity }: BootedNode): Promise<void> {
  const url = `https://127.0.0.1:${site.apiPort}/api`;
  const args = ['-sko', '/dev/null', '-w', '%{http_code}', '-H', '@-', url];
  const input = `Authorization: Bearer ${identity.secrets[0]?.text}`;
  await until('the token is refused', async () => (await run('curl', args, { input })) === '401', {
    seconds: 60,
  });
}

/** The token's Secret is gone when kubelet comes with it; somebody makes it again. */
function tokenGone(step: 'identity' | 'registered'): Cell {
  let secret: object;
  let turned: Promise<void>;
  const secretOf = (node: BootedNode): readonly string[] => [
    '-n',
    'kube-system',
    'secret',
    `bootstrap-token-${tokenId(node)}`,
  ];
  const take: Cell['strike'] = async (stage, node) => {
    const { site } = stage;
    const [namespace, system, ...rest] = secretOf(node);
    const at = [namespace ?? '', system ?? ''];
    secret = JSON.parse(await site.controlPlane.kubectl([...at, 'get', ...rest, '-o', 'json'])) as object;
    await site.controlPlane.kubectl([...at, 'delete', ...rest]);
    await isForgotten(stage, node);
  };
  return {
    step,
    fault: 'bootstrap token is not known',
    setting: 'namespaces',
    // No question is answered before the token is gone; or only flexgen's.
    prepare: async ({ site }) => {
      if (step === 'identity') await site.api.turn('silent');
      else turned = site.api.turnAfter(1, 'silent');
    },
    strike: async (stage, node) => {
      await turned;
      await take(stage, node);
      await stage.site.api.turn('through');
    },
    verdict:
      step === 'identity'
        ? /FAILED at identity \(43\): rig refuses this identity: its token is wrong or has expired/
        : /FAILED at registered \(61\): \S+ is not in rig: .*[Uu]nauthorized/,
    lift: async ({ site }) => site.controlPlane.apply(secret),
  };
}

/** The cluster does not let the machine in, for a while. */
export const requestCells: readonly Cell[] = [
  denied,
  neverApproved,
  tokenGone('registered'),
  tokenGone('identity'),
];
