import { yamlDocument, yamlLines } from '../../encode/document.ts';
import { staticFile, textFile } from '../files.ts';
import { kubeletBase, kubeletConfiguration } from '../kubelet-configuration.ts';
import { caPath } from '../paths.ts';
import type { Part } from '../plan.ts';

export const kubelet: Part = ({ spec, facts, templates, versions }) => ({
  files: [
    staticFile(templates, '/etc/systemd/system/kubelet.service'),
    textFile('/etc/flexgen/kubelet.yaml', yamlLines(kubeletBase)),
    textFile('/etc/flexgen/node.yaml', yamlDocument(kubeletConfiguration(spec, facts)), {
      phase: 'boot',
    }),
    textFile(caPath, facts.ca, { phase: 'boot' }),
  ],
  artifacts: [{ component: 'kubelet', version: versions.kubernetes, when: 'join' }],
});
