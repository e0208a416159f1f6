import { staticFile } from '../files.ts';
import type { Part } from '../plan.ts';

/** Watches the kernel log for hardware and kernel trouble. Off by default, installed once the node is Ready. */
export const nodeProblemDetector: Part = ({ spec, templates, versions }) =>
  spec.components.nodeProblemDetector && versions.nodeProblemDetector !== null
    ? {
        hooks: ['node-problem-detector'],
        files: [staticFile(templates, '/etc/systemd/system/node-problem-detector.service')],
        artifacts: [
          {
            component: 'node-problem-detector',
            version: versions.nodeProblemDetector,
            when: 'later',
            folder: '/opt/node-problem-detector',
          },
        ],
      }
    : {};
