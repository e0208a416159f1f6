/** A config that says something in each section. */
export const full = `apiVersion: flexgen/v1
cluster:
  name: aks1
  server: https://aks1.example:443/
  ca: {file: ca.crt}
  kubernetesVersion: 1.36.4
  clusterDNS: [10.0.0.10, 'fd00::a']
  clusterDomain: corp.local
  podCIDRs: 10.244.0.0/16
  serviceCIDRs: [10.0.0.0/16, 'fd00::/112']
  tenantId: 11111111-2222-3333-4444-555555555555
auth:
  mode: service-principal
  clientId: 11111111-2222-3333-4444-555555555555
  secret: {command: [op, read, op://x/y]}
node:
  name: edge-01
  os: debian-13
  arch: auto
  ip: {cidr: 10.8.0.0/16}
  labels: {site: factory-7, 'topology.kubernetes.io/zone': 'a'}
  taints: [dedicated=edge:NoSchedule, 'gone:NoExecute']
  maxPods: 50
  kubelet: {imageGCHighThresholdPercent: 70}
network: {mode: bridge, podCIDR: 10.245.7.0/24}
versions: {kubernetes: 1.35.8, containerd: 2.3.4}
runtime:
  pauseImage: registry.k8s.io/pause:3.10
  registryMirrors: {_default: https://mirror.corp, 'ghcr.io': [https://a.corp, 'https://b.corp:5000/x']}
  nvidia: auto
  registries:
    b.corp:5000: {username: edge, password: {file: password}, ca: {file: corp.pem}}
    c.corp: {ca: {file: corp.pem}}
components: {nodeProblemDetector: on}
artifacts: {mirror: https://mirror.corp/k8s/, ca: {file: corp.pem}, lock: flexgen.lock.json}
proxy:
  http: http://proxy.corp:3128
  https: {url: http://proxy.corp:3128, username: edge, password: {env: PROXY_PASSWORD}}
  noProxy: [.corp, 10.0.0.0/8]
  ca: {file: corp.pem}
ssh:
  authorizedKeys:
    - |
      ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBhUvxyLOMhqqeTr9yvJ0lS1Yj9xRkB4M1q3hc4WvPvw me@laptop
userData: {merge: ./mine.yaml}
image: {repair: true, images: ['registry.k8s.io/kube-proxy:v1.36.4'], sources: {qemu: {memory: 4096}}}
output: {target: any, envelope: plain}
`;
