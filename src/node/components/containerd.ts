import { renderedFile, staticFile } from '../files.ts';
import type { Part } from '../plan.ts';

/** containerd and runc, and their config. */
export const containerd: Part = ({ spec, templates, versions }) => ({
  files: [
    staticFile(templates, '/etc/systemd/system/containerd.service'),
    renderedFile(templates, '/etc/containerd/config.toml', { pauseImage: spec.runtime.pauseImage }),
  ],
  artifacts: [
    { component: 'containerd', version: versions.containerd, when: 'join', folder: '/usr/local' },
    { component: 'runc', version: versions.runc, when: 'join', folder: '/usr/local/sbin' },
  ],
});
