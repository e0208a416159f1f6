import { compareVersions, parseVersion } from '../../catalog/index.ts';
import { hostOf } from '../../config/values/url.ts';
import { renderedFile, textFile, withSecret } from '../files.ts';
import { mirrorCaPath } from '../paths.ts';
import type { NodeFile, Part, SharedContext } from '../plan.ts';

const folder = '/etc/containerd/certs.d';
const caPath = (host: string): string => `${folder}/${host}/ca.pem`;

/** The last line of containerd that has logins of registries in its config; it says itself that they go then. */
const withoutLogins = { major: 2, minor: 4, patch: 0 };

/** Where images of a registry are asked for first. One without mirrors of its own has those of everybody. */
function mirrorsOf(host: string, { registryMirrors }: SharedContext['spec']['runtime']): readonly string[] {
  const own = registryMirrors[host];
  if (own !== undefined) return own;
  return (registryMirrors['_default'] ?? []).filter((url) => hostOf(url) !== host);
}

/** The mirrors and the CAs, which containerd reads anew for each image. */
function hostsFiles(context: SharedContext): readonly NodeFile[] {
  const { spec, templates } = context;
  const { registryMirrors, registries } = spec.runtime;
  const withCa = Object.entries(registries).flatMap(([host, { ca }]) => (ca === null ? [] : [{ host, ca }]));
  const trusted = (host: string): string => (registries[host]?.ca == null ? '' : caPath(host));
  const mirrorCa = spec.artifacts.ca === null ? '' : mirrorCaPath;
  const hosts = new Set([...Object.keys(registryMirrors), ...withCa.map(({ host }) => host)]);
  return [
    ...Array.from(hosts, (host) =>
      renderedFile(
        templates,
        `${folder}/${host}/hosts.toml`,
        {
          ca: trusted(host),
          mirrors: mirrorsOf(host, spec.runtime).map((url) => ({
            url,
            ca: trusted(hostOf(url)) || mirrorCa,
          })),
        },
        { template: `${folder}/hosts.toml` },
      ),
    ),
    ...withCa.map(({ host, ca }) => textFile(caPath(host), context.file(ca))),
  ];
}

/** Hosts whose images want a password, but which a bake would ask without one. */
function askedInVain({ spec }: SharedContext): readonly string[] {
  const { pauseImage, registries } = spec.runtime;
  const hosts = [pauseImage, ...spec.image.images].flatMap((image) => {
    const host = image.split('/')[0] ?? '';
    return [host, ...mirrorsOf(host, spec.runtime).map((url) => hostOf(url))];
  });
  return [...new Set(hosts)].filter((host) => registries[host]?.login != null);
}

/** Docker Hub's images are asked for at another name than they have. */
const asked = (host: string): string => (host === 'docker.io' ? 'registry-1.docker.io' : host);

/** Where images come from, whom to trust there, and who the machine is to them: it is that for as long as it is a node. */
export const registries: Part = (context) => {
  const { spec, templates, versions, bakes } = context;
  const logins = Object.entries(spec.runtime.registries).flatMap(([host, { login }]) =>
    login === null
      ? []
      : [{ host: asked(host), username: login.username, password: context.secret(login.password) }],
  );
  const files = hostsFiles(context);
  if (logins.length === 0) return { files };
  const version = parseVersion(versions.containerd);
  if (version !== undefined && compareVersions(version, withoutLogins) >= 0) {
    context.report('versions.containerd', {
      severity: 'error',
      code: 'runtime/registry-login',
      message: `containerd ${versions.containerd} knows no logins of registries any more`,
      hint: 'use a version below 2.4, or `imagePullSecrets` of the pods in place of `runtime.registries`',
    });
  }
  const [vain] = bakes ? askedInVain(context) : [];
  if (vain !== undefined) {
    context.report('runtime.registries', {
      severity: 'warning',
      code: 'runtime/bake',
      message: `the machine that bakes the image pulls from ${vain} without the password, which would stay in the image`,
      hint: 'let the build machine pull without one, or leave these images out of the image',
    });
  }
  const path = '/etc/containerd/conf.d/registries.toml';
  return { files: [...files, renderedFile(templates, path, { logins }, withSecret)] };
};
