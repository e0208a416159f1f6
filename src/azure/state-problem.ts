import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { azureProblem } from './problem.ts';
import { azOptions, targetPath } from './target.ts';
import type { Target } from './target.ts';

interface Verdict {
  readonly message: string;
  readonly hint: string;
}

const wait = (verb: string, target: Target) => `\`az aks wait ${azOptions(target)} ${verb}\` waits for it`;

/** States in which a machine can't join. */
const fatal: Readonly<Record<string, (target: Target) => Verdict>> = {
  Creating: (target) => ({
    message: `cluster ${target.name} is still being created`,
    hint: wait('--created', target),
  }),
  Deleting: ({ name }) => ({
    message: `cluster ${name} is being deleted`,
    hint: 'name another cluster: nothing can join this one any more',
  }),
  Failed: (target) => ({
    message: `the last change of cluster ${target.name} failed`,
    hint: `\`az aks update ${azOptions(target)}\` repairs most of them; the activity log says what went wrong`,
  }),
};

/** What the state of a cluster means for a machine that would join it; undefined when it runs and is at rest. */
export function stateProblem(
  state: { readonly provisioning: string; readonly power: string },
  target: Target,
): Diagnostic | undefined {
  const { provisioning, power } = state;
  const verdict = fatal[provisioning]?.(target);
  if (verdict !== undefined) return azureProblem('azure/state', verdict.message, verdict.hint, targetPath);
  if (power === 'Stopped') {
    const hint = `start it: \`az aks start ${azOptions(target)}\``;
    return azureProblem('azure/state', `cluster ${target.name} is stopped`, hint, targetPath);
  }
  if (provisioning === 'Succeeded' || provisioning === '') return undefined;
  return {
    severity: 'warning',
    code: 'azure/state',
    path: targetPath,
    message: `cluster ${target.name} is being changed (${provisioning})`,
    hint: 'its version and networks may be others in a while',
  };
}
