import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { crossing, staysOnNode } from '../rules/crossing.ts';
import type { Spec } from '../spec.ts';
import { valueAt } from './row.ts';
import type { Row } from './row.ts';
import type { FleetBase } from './base.ts';

const path = ['network', 'mode'] as const;

/** What is no mistake of any node, but of several of them together. */
export interface Crossing {
  add(row: Row, spec: Spec): void;
  readonly warnings: () => readonly Diagnostic[];
}

/** Looks for nodes whose pods a Service would send to each other, while nothing carries what they say. */
export function crossings({ data, written }: FleetBase): Crossing {
  const found: { readonly row: Row; readonly mode: string }[] = [];
  return {
    add(row, { network: { mode }, components }) {
      // A mode that nobody has written follows from the cluster, which is not known here.
      const isWritten = valueAt(data, path) !== undefined || valueAt(row.data, path) !== undefined;
      if (components.kubeProxy && isWritten && staysOnNode(mode) && found.length < 2)
        found.push({ row, mode });
    },
    warnings() {
      const [first, second] = found;
      if (first === undefined || second === undefined) return [];
      const { row, mode } = first;
      const own = valueAt(row.data, path) !== undefined;
      const location = own
        ? row.locate(path, 'value')
        : written.source.locate(written.positions.point(path, 'value'));
      return [{ ...crossing(mode), path: 'network.mode', location }];
    },
  };
}
