/** What becomes of a field of AKSFlexNode's config. */
export type Fate =
  /** Put there as it is; `why` where it means something else there. */
  | { readonly to: string; readonly is: 'text' | 'number' | 'map' | 'list'; readonly why?: string }
  /** A version of something that is downloaded: kept where its digest is known. */
  | { readonly version: string }
  | { readonly dropped: string }
  /** Decided with others: who the node is, and which cluster it joins. */
  | { readonly part: 'identity' | 'cluster' };

const noAgent = 'no agent stays on the machine';
const fixed = 'the same on every node';
const unverified = 'it has no digest; `artifacts.mirror` and a lock file say where else downloads come from';
const identity = { part: 'identity' } as const;
const cluster = { part: 'cluster' } as const;

/** Every field of both shapes, February’s and July’s of 2026, by its path. */
export const fields: Readonly<Record<string, Fate>> = {
  'azure.subscriptionId': identity,
  'azure.tenantId': identity,
  'azure.cloud': cluster,
  'azure.resourceManagerEndpoint': { to: 'azure.endpoints.resourceManager', is: 'text' },
  'azure.targetAgentPoolName': { dropped: 'flexgen registers no machine in an agent pool' },
  'azure.servicePrincipal.tenantId': identity,
  'azure.servicePrincipal.clientId': identity,
  'azure.servicePrincipal.clientSecret': identity,
  'azure.managedIdentity': identity,
  'azure.managedIdentity.clientId': identity,
  'azure.bootstrapToken.token': identity,
  'azure.arc.enabled': identity,
  'azure.arc.machineName': identity,
  'azure.arc.tags': identity,
  'azure.arc.resourceGroup': identity,
  'azure.arc.location': identity,
  'azure.targetCluster.resourceId': cluster,
  'azure.targetCluster.location': { dropped: 'read from the cluster' },
  'agent.nodeName': { to: 'node.name', is: 'text' },
  'agent.logLevel': { dropped: noAgent },
  'agent.logDir': { dropped: noAgent },
  'agent.machineClient.mode': { dropped: noAgent },
  'agent.machineClient.endpointUrl': { dropped: noAgent },
  'agent.machineReconcileInterval': { dropped: noAgent },
  'agent.requireMachineRegistration': { dropped: noAgent },
  'agent.machineOperationMode': { dropped: noAgent },
  'kubernetes.version': { version: 'kubernetes' },
  'kubernetes.urlTemplate': { dropped: unverified },
  'components.kubernetes': { version: 'kubernetes' },
  'containerd.version': { version: 'containerd' },
  'components.containerd': { version: 'containerd' },
  'containerd.pauseImage': { to: 'runtime.pauseImage', is: 'text' },
  'components.sandboxImage': { to: 'runtime.pauseImage', is: 'text' },
  'containerd.metricsAddress': { dropped: 'nothing of containerd listens on the network' },
  'runc.version': { version: 'runc' },
  'components.runc': { version: 'runc' },
  'runc.url': { dropped: unverified },
  'cni.version': { version: 'cniPlugins' },
  'networking.cniVersion': { version: 'cniPlugins' },
  'networking.dnsServiceIP': cluster,
  'npd.version': { version: 'nodeProblemDetector' },
  'bootstrap.ociImage': { dropped: 'the node runs on the machine itself, in no container' },
  'bootstrap.offlineArtifacts.source': {
    to: 'artifacts.mirror',
    is: 'text',
    why: 'its folders are laid out otherwise: `flexgen lock`, then `flexgen bundle`',
  },
  'bootstrap.additionalHostDevices': { dropped: 'the node has all devices of its machine' },
  'node.maxPods': { to: 'node.maxPods', is: 'number' },
  'node.labels': { to: 'node.labels', is: 'map' },
  'node.taints': { to: 'node.taints', is: 'list' },
  'node.kubelet.kubeReserved': { to: 'node.kubelet.kubeReserved', is: 'map' },
  'node.kubelet.evictionHard': {
    to: 'node.kubelet.evictionHard',
    is: 'map',
  },
  'node.kubelet.verbosity': { to: 'node.kubelet.logging.verbosity', is: 'number' },
  'node.kubelet.imageGCHighThreshold': { to: 'node.kubelet.imageGCHighThresholdPercent', is: 'number' },
  'node.kubelet.imageGCLowThreshold': { to: 'node.kubelet.imageGCLowThresholdPercent', is: 'number' },
  'node.kubelet.nodeIP': { to: 'node.ip.address', is: 'text' },
  'node.kubelet.dnsServiceIP': cluster,
  'node.kubelet.serverURL': cluster,
  'node.kubelet.clusterFQDN': cluster,
  'node.kubelet.caCertData': cluster,
  'paths.kubernetes.configDir': { dropped: fixed },
  'paths.kubernetes.certsDir': { dropped: fixed },
  'paths.kubernetes.manifestsDir': { dropped: fixed },
  'paths.kubernetes.volumePluginDir': { dropped: fixed },
  'paths.kubernetes.kubeletDir': { dropped: fixed },
};

/** Which of two names counts: AKSFlexNode still reads the older one, too. */
export const newerNames: Readonly<Record<string, string>> = {
  'kubernetes.version': 'components.kubernetes',
  'containerd.version': 'components.containerd',
  'runc.version': 'components.runc',
  'containerd.pauseImage': 'components.sandboxImage',
  'node.kubelet.dnsServiceIP': 'networking.dnsServiceIP',
  'cni.version': 'networking.cniVersion',
  'node.kubelet.serverURL': 'node.kubelet.clusterFQDN',
};

/** What only a config of July 2026 has. */
export const isOfJuly = (path: string): boolean =>
  /^(?:components|networking|bootstrap)\.|^agent\.(?:nodeName|machine|require)|^azure\.(?:resourceManagerEndpoint|targetAgentPoolName)$|^node\.(?:taints$|kubelet\.(?:clusterFQDN|nodeIP)$)/.test(
    path,
  );
