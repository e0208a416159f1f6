import type { TestContext } from 'node:test';
import { createRig } from '../run.ts';
import type { Rig } from '../run.ts';
import { sampleFiles } from '../sample.ts';

/** What all nodes have in common. */
export const shared = `apiVersion: flexgen/v1
cluster: { facts: facts.yaml }
auth: { mode: bootstrap-token, token: { file: token } }
node: { name: "edge-{index:2}", labels: { site: factory-7, host: "h-{name}" } }
network: { mode: bridge, podCIDR: { block: 10.128.0.0/16, size: 24 } }
`;

export const fleet = (nodes: string): string => `${shared}nodes: ${nodes}\n`;

export function rigWith(t: TestContext, config: string, files: Readonly<Record<string, string>> = {}): Rig {
  return createRig(t, { ...sampleFiles, ...files, 'flexgen.yaml': config });
}

export const render = ['render', '--out', 'out', '--offline'];
