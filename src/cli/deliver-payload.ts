import type { Delivered } from '../render/cloud-init/delivered.ts';
import { canDeliver, deliver } from './deliver.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { printProblem } from './report.ts';
import type { World } from './world.ts';

/** Where a payload goes, as the command line says it. */
export interface DeliverOptions {
  readonly out?: string;
  /** Where what a URL must serve is written to. */
  readonly hosted?: string;
}

/** What the command line says that this payload can't be delivered with, and what to say. */
function problem(
  { bytes, hosted }: Delivered,
  options: DeliverOptions,
  world: World,
): readonly [message: string, hint: string] | null {
  if (hosted !== null && options.hosted === undefined) {
    const message = 'the payload itself must go to a file, for the URL to serve it';
    return [message, 'say `--hosted FILE`; what `cloud-init` prints only fetches it'];
  }
  if (hosted === null && options.hosted !== undefined)
    return [
      'nothing of this payload is fetched from a URL',
      'leave `--hosted` out, or say `--envelope include`',
    ];
  if (typeof bytes !== 'string' && options.out === undefined && world.stdout.isTerminal)
    return ['these are bytes that no terminal shows', 'say `--out FILE`, or `… | program`, or `… > file`'];
  return null;
}

/** Whether a payload could be delivered so: asked before anything is made that only a payload can use. */
export async function canDeliverPayload(
  payload: Delivered,
  options: DeliverOptions,
  world: World,
): Promise<ExitCode> {
  const found = problem(payload, options, world);
  if (found !== null) {
    await printProblem(...found, world);
    return exitCodes.usage;
  }
  const writable = await canDeliver(options.out, world);
  return writable === exitCodes.ok ? await canDeliver(options.hosted, world) : writable;
}

/** A payload, and first what it will fetch. */
export async function deliverPayload(
  { bytes, hosted }: Delivered,
  options: DeliverOptions,
  world: World,
): Promise<ExitCode> {
  const written = hosted === null ? exitCodes.ok : await deliver(hosted, options.hosted, world);
  return written === exitCodes.ok ? await deliver(bytes, options.out, world) : written;
}
