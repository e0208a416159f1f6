import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quote } from '../quote.ts';
import type { Rule } from './rule.ts';

/** Whether pods of this mode reach those of their own node alone. */
export const staysOnNode = (mode: string | undefined): boolean => mode === 'bridge' || mode === 'node-cidr';

/** What several nodes with kube-proxy and such a mode have to know. */
export const crossing = (mode: string): Omit<Diagnostic, 'path'> => ({
  severity: 'warning',
  code: 'network/crossing',
  message: `with ${quote(mode)} pods reach those of their own node, but kube-proxy sends them to a Service’s pods on every node`,
  hint: 'give the Services that these nodes use `internalTrafficPolicy: Local`, or the nodes `network: {mode: external}` and a CNI DaemonSet',
});

/** One payload for many machines; what is for a fleet's nodes is said by `render`. */
export const groupCrossing: Rule = ({ config, written, report }) => {
  const mode = config.network?.mode;
  const { kubeProxy } = config.components;
  if (!written(['node', 'name', 'from']) || !written(['network', 'mode'])) return;
  if (mode !== undefined && staysOnNode(mode) && (kubeProxy === 'on' || kubeProxy === true))
    report(['network', 'mode'], crossing(mode));
};
