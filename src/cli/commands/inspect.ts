import { jsonDocument } from '../../encode/document.ts';
import { Vault } from '../../render/review/secrets/vault.ts';
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
  const review = await openPayload(file, new Vault(), world);
  if (!review.ok) {
    await printDiagnostics(review.errors, world);
    return exitCodeOf(review.errors);
  }
  const { notes } = review.value;
  await printDiagnostics(
    notes.map((message) => ({ severity: 'warning', code: 'payload/note', message })),
    world,
  );
  await world.stdout.write(options.json === true ? jsonDocument(review.value) : reviewText(review.value));
  return exitCodes.ok;
}
