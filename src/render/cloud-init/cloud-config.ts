import { yamlDocument } from '../../encode/document.ts';
import type { NodeFile, NodePlan } from '../../node/plan.ts';

type CloudConfig = Readonly<Record<string, unknown>>;

/** Octal text: cloud-init takes a bare number for a decimal one. 0644 is its default. */
function permissions(mode: number): { permissions?: string } {
  return mode === 0o644 ? {} : { permissions: `0${mode.toString(8)}` };
}

function writeFile({ path, mode, content }: NodeFile): CloudConfig {
  return { path, ...permissions(mode), content };
}

/** What cloud-init does with this plan: it writes the files and starts the unit, without waiting for it. */
export function cloudConfig(plan: NodePlan, authorizedKeys: readonly string[]): CloudConfig {
  return {
    ...(authorizedKeys.length === 0 ? {} : { ssh_authorized_keys: authorizedKeys }),
    write_files: plan.files.map(writeFile),
    runcmd: ['systemctl enable --now --no-block flexgen.service'],
  };
}

/** User-data in plain text, with a comment for whoever reads it before it is pasted anywhere. */
export function plainUserData(config: CloudConfig, title: string): string {
  return `#cloud-config\n# ${title}\n${yamlDocument(config)}`;
}
