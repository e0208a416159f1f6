import type {
  Moment,
  ReviewedCommand,
  ReviewedFile,
  ReviewedModule,
  ReviewedPart,
  ReviewedUnit,
} from '../review.ts';
import { isEveryBoot, stageOf, stages } from './stages.ts';

interface Parts {
  readonly parts: readonly ReviewedPart[];
  readonly files: readonly ReviewedFile[];
  readonly units: readonly ReviewedUnit[];
  readonly commands: readonly ReviewedCommand[];
  readonly modules: readonly ReviewedModule[];
}

/** The steps that our scripts announce: `step artifacts 20`. */
function stepsOf(files: readonly ReviewedFile[]): readonly Moment[] {
  const scripts = files.filter(({ path }) => /^\/usr\/local\/lib\/flexgen\/(install|join)$/.test(path));
  const steps = scripts.flatMap(({ text }) => [...(text ?? '').matchAll(/^\s*step ([a-z]+) \d+/gm)]);
  return steps.map(([, step = '']) => ({ stage: 'service', what: `flexgen: ${step}`, when: 'first boot' }));
}

/** The units that are started, and what ours does. */
function services({ files, units }: Parts): readonly Moment[] {
  const begun = units.filter(({ state }) => state.includes('started'));
  return begun.flatMap(({ name, runs }) => {
    const what = runs.length === 0 ? name : `${name}: ${runs.join('; ')}`;
    const moment: Moment = { stage: 'service', what, when: 'first boot' };
    return name === 'flexgen.service' ? [moment, ...stepsOf(files)] : [moment];
  });
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/** A boot in its order, as far as a payload says it. */
export function timelineOf(all: Parts): readonly Moment[] {
  const { parts, files, commands, modules } = all;
  const early = parts.flatMap(({ kind, name }): readonly Moment[] => {
    if (kind === 'network-config')
      return [{ stage: 'local', what: 'the network is set up', when: 'every boot' }];
    if (kind === 'include')
      return [{ stage: 'init', what: `fetches what ${name} lists, and obeys it`, when: 'first boot' }];
    return [];
  });
  const written: readonly Moment[] =
    files.length === 0
      ? []
      : [{ stage: 'init', what: `writes ${count(files.length, 'file')}`, when: 'first boot' }];
  const placed = [
    ...early.map((moment) => ({ moment, index: -2 })),
    ...written.map((moment) => ({ moment, index: stageOf('write_files').index })),
    ...commands.map(({ stage, when, text }) => ({
      moment: { stage, when, what: text },
      // A boothook runs before all modules.
      index: text.startsWith('boothook ') ? -1 : stageOf(stage === 'init' ? 'bootcmd' : 'runcmd').index,
    })),
    ...modules.map(({ key, stage }): { moment: Moment; index: number } => ({
      moment: { stage, what: key, when: isEveryBoot(key) ? 'every boot' : 'first boot' },
      index: stageOf(key).index,
    })),
    ...services(all).map((moment) => ({ moment, index: 0 })),
  ];
  return placed
    .toSorted((a, b) => stages.indexOf(a.moment.stage) - stages.indexOf(b.moment.stage) || a.index - b.index)
    .map(({ moment }) => moment);
}
