import { assembleSchema } from '../../config/index.ts';
import { jsonDocument } from '../../encode/document.ts';
import { definitions } from '../definitions.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { World } from '../world.ts';

/** `flexgen schema`: the config's JSON Schema, for editors. */
export async function schema(world: World): Promise<ExitCode> {
  await world.stdout.write(jsonDocument(assembleSchema(definitions)));
  return exitCodes.ok;
}
