import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { NodeEvent } from '../../kubernetes/join/event.ts';
import type { Reason } from '../../kubernetes/join/reason.ts';
import { waitsFor } from '../../kubernetes/join/waits-for.ts';
import { visible } from '../text-width.ts';
import type { Conclusion } from './conclude.ts';
import type { Followed } from './follow.ts';
import { isReady } from './journey.ts';
import type { Journey } from './journey.ts';
import type { Revoked } from './revoke.ts';

/** Whole seconds of milliseconds. */
const secondsOf = (milliseconds: number): number => Math.round(milliseconds / 1000);

/** A line of the report: who, when, what. */
export function lineOf(name: string, width: number, milliseconds: number, what: string): string {
  return `${name.padEnd(width)}  ${String(secondsOf(milliseconds)).padStart(4)} s  ${visible(what)}\n`;
}

/** A reason as the printer shows it. */
export const problemOf = (name: string, reason: Reason, severity: Diagnostic['severity']): Diagnostic => ({
  severity,
  code: reason.code,
  message: `${name} ${reason.what}`,
  hint: reason.hint,
});

/** All that is wrong in the end: what does not keep a node from its work comes first, so that the errors are read last. */
export function problemsOf({ reasons, flaws }: Conclusion): readonly Diagnostic[] {
  return [
    ...[...flaws].flatMap(([{ name }, list]) => list.map((flaw) => problemOf(name, flaw, 'warning'))),
    ...[...reasons].map(([{ name }, reason]) => problemOf(name, reason, 'error')),
  ];
}

/** What is waited for, in a few words for one line. */
export function nowWaiting(journeys: readonly Journey[], milliseconds: number): string {
  const time = `(${secondsOf(milliseconds)} s)`;
  const ready = journeys.filter(isReady).length;
  const first = journeys.find(({ ended }) => ended === null);
  const what = first?.standing ? waitsFor(first.standing) : 'no answer yet';
  const count = journeys.length === 1 ? '' : `${ready} of ${journeys.length} Ready; `;
  return `${time} ${count}${first?.name ?? ''} ${what}`;
}

/** How it ended, in a line. */
export function summaryOf(journeys: readonly Journey[], milliseconds: number): string {
  const ready = journeys.filter(isReady).length;
  const time = `${secondsOf(milliseconds)} s`;
  const [only] = journeys;
  if (journeys.length === 1) return `${only?.name} is ${ready === 1 ? '' : 'not '}Ready (${time})`;
  return ready === journeys.length
    ? `all ${ready} nodes are Ready (${time})`
    : `${ready} of ${journeys.length} nodes are Ready (${time})`;
}

const reasonData = ({ code, what, hint }: Reason): object => ({ code, message: what, hint });

/** One node for programs. */
function nodeData(
  journey: Journey,
  began: number,
  conclusion: Conclusion,
  events: readonly NodeEvent[],
): object {
  const { name, standing, ended, since } = journey;
  const { request = null, node = null } = standing ?? {};
  const reason = conclusion.reasons.get(journey);
  return {
    name,
    ready: isReady(journey),
    stage: standing?.stage ?? null,
    seconds: secondsOf((ended ?? since) - began),
    reason: reason === undefined ? null : reasonData(reason),
    warnings: (conclusion.flaws.get(journey) ?? []).map(reasonData),
    request: request && { name: request.name, requestor: request.requestor, state: request.state },
    node: node && {
      kubelet: node.kubelet,
      addresses: node.addresses,
      podCIDR: node.podCIDR,
      taints: node.taints,
      conditions: node.conditions,
    },
    events: events
      .filter((event) => event.node === name)
      .map(({ type, reason: why, message, last }) => ({ type, reason: why, message, last })),
  };
}

/** When it was waited for, by the watcher's clock, and what was done in the end. */
interface Ending {
  readonly began: number;
  readonly now: number;
  /** null where nobody asked for it. */
  readonly revoked: readonly Revoked[] | null;
}

const tokensOf = (journey: Journey, revoked: readonly Revoked[]): readonly string[] =>
  revoked.filter(({ node }) => node === journey.name).map(({ name }) => name);

/** The report for programs. */
export function reportData(
  { journeys, events }: Followed,
  conclusion: Conclusion,
  { began, now, revoked }: Ending,
): object {
  return {
    ready: journeys.every(isReady),
    seconds: secondsOf(now - began),
    nodes: journeys.map((journey) => ({
      ...nodeData(journey, began, conclusion, events),
      ...(revoked === null ? {} : { revoked: tokensOf(journey, revoked) }),
    })),
  };
}
