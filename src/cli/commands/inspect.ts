import { jsonDocument } from '../../encode/document.ts';
import { reviewOf } from '../../render/review/index.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printDiagnostics } from '../report.ts';
import { openPayload } from '../review/open.ts';
import { reviewText } from '../review/text.ts';
import type { World } from '../world.ts';

export interface InspectOptions {
  readonly json?: boolean;
}

/** `flexgen inspect FILE`: what a payload would do to a machine. Nothing of it is run or fetched. */
export async function inspect(file: string, options: InspectOptions, world: World): Promise<ExitCode> {
  const payload = await openPayload(file, world);
  if (!payload.ok) {
    await printDiagnostics(payload.errors, world);
    return exitCodeOf(payload.errors);
  }
  const review = reviewOf(payload.value);
  await printDiagnostics(
    review.notes.map((message) => ({ severity: 'warning', code: 'payload/note', message })),
    world,
  );
  await world.stdout.write(options.json === true ? jsonDocument(review) : reviewText(review));
  return exitCodes.ok;
}
