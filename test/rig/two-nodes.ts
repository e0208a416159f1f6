import { becomesReady } from './expect.ts';
import { kubeProxyImage } from './cluster-images.ts';
import type { Lan } from './machines/lan.ts';
import { answerTo, podPort } from './pods.ts';
import type { Pod } from './pods.ts';
import type { BootedNode, Scenario, Stage } from './scenario.ts';
import { images } from './services/versions.ts';

/** Two machines on one network, and kube-proxy on both. */
export async function bootTwo(stage: Stage, lan: Lan, config: Record<string, Record<string, unknown>>) {
  const { registry } = stage.site;
  await registry.push(images.kubeProxy, await kubeProxyImage());
  const boot = async (number: number): Promise<BootedNode> => {
    const node = await stage.boot(
      {
        auth: 'minted',
        cluster: 'resource-id',
        config: { components: { kubeProxy: 'on' }, ...config },
      },
      { second: { lan, addresses: [`10.8.0.${number}/24`] } },
    );
    await becomesReady(stage, node);
    return node;
  };
  const nodes = [await boot(31), await boot(32)] as const;
  await sparesTheHost(stage);
  return nodes;
}

/**
 * How many connections are tracked is the host's matter, which kube-proxy in namespaces may not change, and it ends
 * where it can't. Zero: as it is.
 */
async function sparesTheHost({ site }: Stage): Promise<void> {
  const { kubectl } = site.controlPlane;
  const map = ['configmap', 'flexgen-kube-proxy', '-n', 'kube-system'];
  const config = await kubectl(['get', ...map, '-o', String.raw`jsonpath={.data.config\.conf}`]);
  const data = { 'config.conf': `${config}conntrack: {maxPerCore: 0}\n` };
  await kubectl(['patch', ...map, '--type=merge', '-p', JSON.stringify({ data })]);
  const pods = ['pods', '-n', 'kube-system', '-l', 'app.kubernetes.io/name=flexgen-kube-proxy'];
  await kubectl(['delete', ...pods, '--grace-period=0', '--force']);
}

/** A Service of the pods with this label; returns its address. */
export async function serve({ site }: Stage, name: string, spec: object = {}): Promise<string> {
  const { apply, kubectl } = site.controlPlane;
  const ports = [{ port: 80, targetPort: podPort }];
  await apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports, ...spec },
  });
  return await kubectl(['get', 'service', name, '-o', 'jsonpath={.spec.clusterIP}']);
}

/** The scenario, after which the nodes of others are without kube-proxy. */
export const alone =
  (play: Scenario['play']): Scenario['play'] =>
  async (stage) => {
    try {
      await play(stage);
    } finally {
      const { kubectl } = stage.site.controlPlane;
      await kubectl(['delete', 'daemonset', 'flexgen-kube-proxy', '-n', 'kube-system', '--ignore-not-found']);
    }
  };

/** What a Service says, each answer once. It picks a pod by chance: more connections than any would leave one out in. */
export async function answersOf(pod: Pod, ip: string, wanted: number): Promise<readonly string[]> {
  const answers = new Set<string>();
  for (let times = 0; times < 40 && answers.size < wanted; times += 1)
    answers.add((await answerTo(pod, ip, 80)) ?? 'nothing');
  return [...answers].toSorted();
}
