import { renderedFile } from '../files.ts';
import type { Part } from '../plan.ts';

/**
 * The proxy for downloads, containerd and kubelet, in the lower case that curl, apt and Go all read. What is inside the
 * cluster never goes through it.
 */
export const proxy: Part = ({ spec, facts, templates }) => {
  const { http, https, noProxy } = spec.proxy;
  if (http === null && https === null) return {};
  const direct = [
    'localhost',
    '127.0.0.0/8',
    '169.254.169.254',
    ...facts.serviceCIDRs,
    ...facts.podCIDRs,
    '.svc',
    `.${facts.clusterDomain}`,
    ...noProxy,
  ];
  return {
    files: [
      renderedFile(templates, '/etc/flexgen/proxy.env', {
        http: http ?? '',
        https: https ?? '',
        noProxy: [...new Set(direct)].join(','),
      }),
    ],
  };
};
