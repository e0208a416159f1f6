import { isWrite } from '../action.ts';
import { changesOf } from '../report.ts';
import type { Done } from './carry-out.ts';
import { machineLine } from './line.ts';
import type { Prepared } from './prepare.ts';

/** The report for programs. */
export function reportData({ target, cluster }: Prepared, { out, left, deeds }: Done): object {
  return {
    cluster: target.facts.name,
    server: cluster?.api.server ?? null,
    out,
    left,
    changes: deeds.map(({ data }) => data),
    machine: machineLine,
  };
}

const nodesOf = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0]} is` : `${names.length} nodes are`;

/** What the machines can do until they are reset themselves. */
function warningOf({ identities, cluster }: Prepared, out: readonly string[]): string {
  if (cluster === null) return '';
  const them = out.length === 1 ? 'its machine' : 'their machines';
  const always = identities.some(({ spec }) => spec.auth.credentialUse === 'always');
  const what = always
    ? 'still has what it signs in with'
    : 'still has a certificate of the cluster’s, good until it expires: a kubelet that starts again makes its node anew';
  return `${them} ${out.length === 1 ? what : what.replace('has', 'have')}; to end that, run there:\n`;
}

/** How it ended, and what is to be done now. */
export function afterwards(prepared: Prepared, { out, left, deeds }: Done): string {
  const { target, cluster, isGone } = prepared;
  const { name } = target.facts;
  const count = deeds.filter(isWrite).length;
  if (cluster === null) {
    const rest = isGone ? '' : '; what is in the cluster is left: start it, and run this again';
    return `${name}: ${count === 0 ? 'nothing is left of what was made outside of it' : `${changesOf(count)} made outside of it`}${rest}\n`;
  }
  const stay = left.length === 0 ? '' : `; ${nodesOf(left)} left`;
  if (out.length === 0) return `${name}: no node is out${stay}\n`;
  const made = count === 0 ? 'nothing was left to do' : `${changesOf(count)} made`;
  return `${name}: ${nodesOf(out)} out, ${made}${stay}\n${warningOf(prepared, out)}`;
}
