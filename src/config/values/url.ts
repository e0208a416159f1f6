import { cidr } from './cidr.ts';
import { isSubdomain } from './dns.ts';
import { parseAddress } from './ip.ts';
import type { Check, ValueProblem } from './value-problem.ts';

/** An http(s) URL's parts as they are written; nothing is decoded or completed. */
interface Url {
  readonly scheme: string;
  readonly userinfo: string | undefined;
  readonly host: string;
  readonly port: string | undefined;
  readonly path: string;
}

// RFC 3986, without query and fragment; a path of the characters that need no quotes anywhere.
const syntax =
  /^(https?):\/\/(?:([^/@]*)@)?(\[[^\]]*\]|[^:/@[\]]*)(?::(\d{1,5}))?(\/[A-Za-z0-9._~%!+,=@/-]*)?$/;

function isHost(text: string): boolean {
  if (text.startsWith('[')) return parseAddress(text.slice(1, -1))?.family === 6;
  if (/^[\d.]+$/.test(text)) return parseAddress(text) !== undefined;
  return isSubdomain(text.toLowerCase());
}

const isPort = (text: string) => Number(text) >= 1 && Number(text) <= 65535;

function parse(text: string): Url | undefined {
  const [, scheme = '', userinfo, host = '', port, path = ''] = syntax.exec(text) ?? [];
  if (!isHost(host) || (port !== undefined && !isPort(port))) return undefined;
  return { scheme, userinfo, host, port, path };
}

/** The host of a checked URL, with its port where it is not the scheme's own. */
export function hostOf(text: string): string {
  const { scheme, host = '', port } = parse(text) ?? {};
  return port === undefined || port === (scheme === 'https' ? '443' : '80') ? host : `${host}:${port}`;
}

function notUrl(text: string, example: string): ValueProblem {
  const code = 'config/url';
  if (/[?#]/.test(text))
    return { code, message: 'a query or fragment may not stand here', hint: `write it like \`${example}\`` };
  if (!/^[a-z]+:\/\//i.test(text))
    return { code, message: 'this is not a URL', hint: `write it like \`${example}\`` };
  return { code, message: 'this is not a valid http or https URL', hint: `write it like \`${example}\`` };
}

const withUser: ValueProblem = {
  code: 'config/url',
  message: 'a name or password may not stand in a URL',
  hint: 'remove what stands before the `@`',
};

/** A URL that a secret or a certificate is asked of. */
export const httpsUrl: Check = (text) => {
  const url = parse(text);
  if (url === undefined) return notUrl(text, 'https://host.example:443');
  if (url.userinfo !== undefined) return withUser;
  if (url.scheme === 'https') return undefined;
  return { code: 'config/url', message: 'http is not safe here', hint: 'write `https://`' };
};

/** Downloads are verified by their digests, so that http can only show to others what is fetched. */
export const mirrorUrl: Check = (text) => {
  const url = parse(text);
  if (url === undefined) return notUrl(text, 'https://mirror.corp/k8s');
  if (url.userinfo !== undefined) return withUser;
  if (url.scheme === 'https') return undefined;
  return {
    severity: 'warning',
    code: 'config/plain-http',
    message: 'this mirror is not encrypted',
    hint: 'what is fetched is verified, but others on the way can see it: use `https://` if the mirror has it',
  };
};

/** A repository of a registry. */
function registryMirror(text: string): ValueProblem | undefined {
  const url = parse(text.replace('oci://', 'https://'));
  if (url?.userinfo !== undefined) return withUser;
  if (url !== undefined && /^\/[a-z0-9._/-]*[a-z0-9]$/.test(url.path)) return undefined;
  const hint = 'write it like `oci://registry.corp/flexgen`';
  return { code: 'config/url', message: 'this is not a repository of a registry', hint };
}

/** The same, or a repository of a registry, or a folder of the machine: a disk that was carried there, as curl takes it. */
export const artifactMirror: Check = (text) => {
  if (/^file:\/\/\/[A-Za-z0-9._~+,=@/-]*$/.test(text)) return undefined;
  if (text.startsWith('oci://')) return registryMirror(text);
  if (!text.startsWith('file:')) return mirrorUrl(text);
  const hint = 'a folder of the machine is written with three slashes: `file:///media/flexgen`';
  return { code: 'config/url', message: 'this is not a folder of the machine', hint };
};

export const proxyUrl: Check = (text) => {
  const url = parse(text);
  if (url === undefined) return notUrl(text, 'http://proxy.corp:3128');
  if (url.userinfo !== undefined) {
    return {
      code: 'config/proxy-password',
      message: 'a proxy’s name and password may not stand in this file',
      hint: 'write `{url: http://proxy.corp:3128, username: NAME, password: {env: PROXY_PASSWORD}}`',
    };
  }
  if (url.path === '' || url.path === '/') return undefined;
  return {
    code: 'config/url',
    message: 'a proxy has no path',
    hint: 'write it like `http://proxy.corp:3128`',
  };
};

/** Of HTTP's Basic authentication, where a colon ends the name. */
export const username: Check = (text) => {
  if (text !== '' && !text.includes(':')) return undefined;
  const message = text === '' ? 'a name is lacking' : 'a name may have no colon';
  return {
    code: 'config/username',
    message,
    hint: 'write the name alone; the password goes into `password`',
  };
};

/** `host` or `host:port`, or `_default`: the name of a directory in containerd's certs.d. */
export const registryHost: Check = (text) => {
  const [, host = '', port] = /^([^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (text === '_default' || (isHost(host) && (port === undefined || isPort(port)))) return undefined;
  const hint =
    'write the host alone, e.g. `mcr.microsoft.com` or `registry.corp:5000`; `_default` is every other';
  return { code: 'config/registry-host', message: 'this is not a registry host', hint };
};

/** As curl, Go and containerd all read it: a host, `.domain`, an address or a network. */
export const noProxy: Check = (text) => {
  const host = text.replace(/^\./, '').replace(/:\d{1,5}$/, '');
  if (isHost(host) || parseAddress(text) !== undefined || cidr(text) === undefined) return undefined;
  const hint =
    'write a host, a domain like `.corp.example`, an address or a network; `*` is not understood by all';
  return { code: 'config/no-proxy', message: 'this is not something to reach without the proxy', hint };
};
