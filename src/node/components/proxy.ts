import { renderedFile, textFile, withSecret } from '../files.ts';
import { proxyUrl } from '../proxy-url.ts';
import type { ProxyServer } from '../../config/spec.ts';
import type { Part } from '../plan.ts';

// Where Debian looks for authorities of the machine's own.
const trustedPath = '/usr/local/share/ca-certificates/flexgen-proxy.crt';

const trusted: Part = (context) => {
  const { ca } = context.spec.proxy;
  return ca === null ? {} : { hooks: ['proxy-ca'], files: [textFile(trustedPath, context.file(ca))] };
};

/**
 * The proxy for downloads, containerd and kubelet, in the lower case that curl, apt and Go all read. What is inside the
 * cluster never goes through it. With a password it is the machine's own and nobody else's to read; it stays, since
 * images are pulled and the API server is asked through it for as long as there is a node.
 */
export const proxy: Part = (context) => {
  const { spec, facts, templates } = context;
  const { http, https, noProxy } = spec.proxy;
  if (http === null && https === null) return trusted(context);
  const secret = http?.login != null || https?.login != null;
  const text = (server: ProxyServer | null): string =>
    server === null ? '' : proxyUrl(server, (ref) => context.secret(ref));
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
  if (secret && context.bakes) {
    context.report(`proxy.${https?.login == null ? 'http' : 'https'}`, {
      severity: 'warning',
      code: 'proxy/bake',
      message: 'the machine that bakes the image gets no proxy: its password would stay in the image',
      hint: 'bake where none is needed, or with `artifacts.mirror` and `runtime.registryMirrors`',
    });
  }
  const values = { http: text(http), https: text(https), noProxy: [...new Set(direct)].join(',') };
  const own = secret ? withSecret : {};
  const { hooks = [], files = [] } = trusted(context);
  return { hooks, files: [renderedFile(templates, '/etc/flexgen/proxy.env', values, own), ...files] };
};
