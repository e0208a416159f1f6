import { reviewOf } from '../../render/review/index.ts';
import { jsonDocument } from '../../encode/document.ts';
import type { Review } from '../../render/review/review.ts';
import { deliver } from '../deliver.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printedJson } from '../print.ts';
import { printDiagnostics, printed } from '../report.ts';
import { openPayload } from '../review/open.ts';
import { reviewText } from '../review/text.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';

export interface InspectOptions {
  readonly json?: boolean;
  readonly html?: boolean;
  readonly sbom?: boolean;
  readonly out?: string;
}

async function report(review: Review, { json, html, sbom }: InspectOptions): Promise<string> {
  if (sbom === true) {
    const { payloadMaterials } = await import('../../render/sbom/payload.ts');
    return jsonDocument(payloadMaterials(review, version));
  }
  if (html === true) return (await import('../../render/review/page/index.ts')).reviewPage(review);
  return json === true ? printedJson(review) : reviewText(review);
}

/** `flexgen inspect FILE`: what a payload would do to a machine. Nothing of it is run or fetched. */
export async function inspect(file: string, options: InspectOptions, world: World): Promise<ExitCode> {
  const payload = await printed(await openPayload(file, world), world);
  if (typeof payload === 'number') return payload;
  const review = reviewOf(payload.value);
  await printDiagnostics(
    review.notes.map((message) => ({ severity: 'warning', code: 'payload/note', message })),
    world,
  );
  return deliver(await report(review, options), options.out, world);
}
