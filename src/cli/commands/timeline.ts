import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { jsonDocument } from '../../encode/document.ts';
import { TooLargeFile, readBytes } from '../../io/bytes.ts';
import { UnreadableFile } from '../../io/text.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printed } from '../report.ts';
import { readBoot } from '../timeline/boot.ts';
import { chartOf } from '../timeline/chart.ts';
import type { World } from '../world.ts';

export interface TimelineOptions {
  readonly json?: boolean;
}

/** A status has a few hundred bytes. */
const most = 65_536;

const unreadable = (message: string) =>
  refused({
    code: 'status/file',
    message,
    hint: '`flexgen-node status --json` on the machine prints it; `-` is standard input',
  });

async function statusText(file: string, name: string, world: World): Promise<Result<string>> {
  try {
    const bytes = await readBytes(file, most, world);
    return ok(bytes.toString());
  } catch (error) {
    if (error instanceof TooLargeFile) return unreadable(`${name} is too big for a node’s status`);
    if (!(error instanceof UnreadableFile)) throw error;
    return unreadable(`can't read ${name}: ${error.reason}`);
  }
}

/** `flexgen timeline`: where the time of a boot went, from what `flexgen-node status --json` has printed. */
export async function timeline(file: string, options: TimelineOptions, world: World): Promise<ExitCode> {
  const name = file === '-' ? 'standard input' : file;
  const text = await statusText(file, name, world);
  const boot = await printed(text.ok ? readBoot(text.value, name) : text, world);
  if (typeof boot === 'number') return boot;
  await world.stdout.write(options.json === true ? jsonDocument(boot.value) : chartOf(boot.value));
  return boot.value.state === 'failed' ? exitCodes.check : exitCodes.ok;
}
