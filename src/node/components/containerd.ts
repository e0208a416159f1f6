import { renderedFile, staticFile } from '../files.ts';
import { mirrorCaPath } from '../paths.ts';
import type { Part } from '../plan.ts';

/** containerd and runc, their config and the registries' mirrors. */
export const containerd: Part = ({ spec, templates, versions }) => ({
  files: [
    staticFile(templates, '/etc/systemd/system/containerd.service'),
    renderedFile(templates, '/etc/containerd/config.toml', { pauseImage: spec.runtime.pauseImage }),
    ...Object.entries(spec.runtime.registryMirrors).map(([registry, mirrors]) =>
      renderedFile(
        templates,
        `/etc/containerd/certs.d/${registry}/hosts.toml`,
        { mirrors, ca: spec.artifacts.ca === null ? '' : mirrorCaPath },
        { template: '/etc/containerd/certs.d/hosts.toml' },
      ),
    ),
  ],
  artifacts: [
    { component: 'containerd', version: versions.containerd, when: 'join', folder: '/usr/local' },
    { component: 'runc', version: versions.runc, when: 'join', folder: '/usr/local/sbin' },
  ],
});
