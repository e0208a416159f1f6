import type { Part } from '../plan.ts';
import { addresses } from './addresses.ts';
import { cni } from './cni.ts';
import { mirroredImages, registryMirror } from '../mirrored-images.ts';
import { containerd } from './containerd.ts';
import { flexgen } from './flexgen.ts';
import { host } from './host.ts';
import { kubelet } from './kubelet.ts';
import { nodeProblemDetector } from './node-problem-detector.ts';
import { nvidia } from './nvidia.ts';
import { proxy } from './proxy.ts';
import { registries } from './registries.ts';
import { tools } from './tools.ts';

/** What every node gets, in the order in which a reader of the payload meets it. */
export const parts: readonly Part[] = [
  flexgen,
  host,
  addresses,
  proxy,
  containerd,
  registryMirror,
  mirroredImages,
  registries,
  nvidia,
  cni,
  kubelet,
  tools,
  nodeProblemDetector,
];
