import { application } from '../azure/server/applications.ts';
import { bootstrapGroup } from './services/rbac.ts';

export const csr = 'system:certificates.k8s.io:certificatesigningrequests';

/** Each line with its mark; one mark alone is that of all of them. */
const marked = (marks: string, lines: readonly string[]): string =>
  lines.map((line, index) => `${marks[index] ?? marks} ${line}\n`).join('');

const bindings = (marks: string, who: string, identity: string): string =>
  marked(marks, [
    `clusterrolebinding flexgen:node-bootstrapper:${identity}  system:node-bootstrapper → ${who}`,
    `clusterrolebinding flexgen:nodeclient:${identity}  ${csr}:nodeclient → ${who}`,
    `clusterrolebinding flexgen:selfnodeclient  ${csr}:selfnodeclient → group system:nodes`,
  ]);

/** What `flexgen cluster` says of the bindings of who joins with a token. */
export const tokenBindings = (marks: string): string =>
  bindings(marks, `group ${bootstrapGroup}`, 'bootstrap-token');

/** The same of the service principal of the site's configs. */
export const principalBindings = (marks: string): string =>
  bindings(marks, `user ${application.objectId}`, `service-principal:${application.objectId}`);

/** What keeps the tokens that flexgen mints to their nodes; what is deleted goes the other way round. */
export const policyLines = (mark: string): string => {
  const lines = ['', 'binding'].map((kind) => `validatingadmissionpolicy${kind} flexgen-token-of-one-node`);
  return marked(mark, mark === '-' ? lines.toReversed() : lines);
};

export const minted = (mark: string): string => tokenBindings(mark) + policyLines(mark);

export const secretLine = (mark: string, id: string, life = '24 h'): string =>
  marked(mark, [`secret kube-system/bootstrap-token-${id}  expires in ${life}`]);

export const proxyLines = (marks: string): string =>
  marked(marks, [
    'clusterrolebinding flexgen:kube-proxy  system:node-proxier → serviceaccount kube-system/flexgen-kube-proxy',
    'serviceaccount kube-system/flexgen-kube-proxy',
    'configmap kube-system/flexgen-kube-proxy',
    'daemonset kube-system/flexgen-kube-proxy',
  ]);
