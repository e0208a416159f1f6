import { many } from '../raw-config.ts';
import type { RawConfig, Switch } from '../raw-config.ts';
import type { FileRef, NodeIp, Spec, WaitFor } from '../spec.ts';
import { parseWait } from '../values/duration.ts';
import { parseTaint } from '../values/taint.ts';
import { readAzure } from './azure.ts';
import { readProxyServer, readRegistry } from './login.ts';

/** What the config's modes and its cluster do not touch. */
export type SpecRest = Omit<Spec, 'cluster' | 'auth' | 'network'>;

const fileAt = (path: string | undefined, at: string): FileRef | null =>
  path === undefined ? null : { file: path, at };

const isOn = (written: Switch): boolean => written === 'on' || written === true;

function readIp(raw: RawConfig['node']['ip']): NodeIp {
  if (raw?.cidr !== undefined) return { from: 'cidr', cidrs: many(raw.cidr) };
  if (raw?.interface !== undefined) return { from: 'interface', interface: raw.interface };
  if (raw?.address !== undefined) return { from: 'address', addresses: many(raw.address) };
  return { from: 'default-route' };
}

function readWait(raw: RawConfig['node']['waitFor']): WaitFor | null {
  // Without an interface it is an error already.
  if (raw?.interface === undefined) return null;
  return { interface: raw.interface, seconds: parseWait(raw.timeout) ?? 0 };
}

/** A checked config as the spec's parts. */
export function readRest({
  node,
  runtime,
  versions,
  components,
  artifacts,
  proxy,
  ssh,
  userData,
  output,
  image,
  azure,
}: RawConfig): SpecRest {
  return {
    node: {
      name: typeof node.name === 'string' ? node.name : null,
      os: node.os,
      arch: node.arch,
      ip: readIp(node.ip),
      hosts: Object.fromEntries(Object.entries(node.hosts).map(([name, ips]) => [name, many(ips)])),
      waitFor: readWait(node.waitFor),
      labels: node.labels,
      taints: node.taints.flatMap((text) => parseTaint(text) ?? []),
      maxPods: node.maxPods,
      kubelet: node.kubelet,
    },
    runtime: {
      pauseImage: runtime.pauseImage,
      registryMirrors: Object.fromEntries(
        Object.entries(runtime.registryMirrors).map(([host, urls]) => [host, many(urls)]),
      ),
      registries: Object.fromEntries(
        Object.entries(runtime.registries).map(([host, registry]) => [host, readRegistry(registry, host)]),
      ),
      nvidia: runtime.nvidia === 'auto',
    },
    versions: {
      kubernetes: versions.kubernetes ?? null,
      containerd: versions.containerd ?? null,
      runc: versions.runc ?? null,
      cniPlugins: versions.cniPlugins ?? null,
      crictl: versions.crictl ?? null,
      nodeProblemDetector: versions.nodeProblemDetector ?? null,
    },
    components: {
      nodeProblemDetector: isOn(components.nodeProblemDetector),
      kubeProxy: isOn(components.kubeProxy),
    },
    artifacts: {
      mirror: artifacts.mirror?.replace(/\/+$/, '') ?? null,
      ca: fileAt(artifacts.ca?.file, 'artifacts.ca'),
      lock: fileAt(artifacts.lock, 'artifacts.lock'),
    },
    proxy: {
      http: readProxyServer(proxy.http, 'proxy.http'),
      https: readProxyServer(proxy.https, 'proxy.https'),
      noProxy: proxy.noProxy,
      ca: fileAt(proxy.ca?.file, 'proxy.ca'),
    },
    ssh: { authorizedKeys: ssh.authorizedKeys.map((key) => key.trimEnd()) },
    image,
    userData: { merge: fileAt(userData.merge, 'userData.merge') },
    output: { target: output.target, envelope: output.envelope, url: output.url ?? null },
    azure: readAzure(azure),
  };
}
