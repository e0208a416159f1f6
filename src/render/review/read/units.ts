import type { RawCommand } from './commands.ts';
import type { RawFile } from './file.ts';

/** A unit of systemd that a payload brings or starts. */
export interface RawUnit {
  readonly name: string;
  /** Where it is written; null for one that is on the machine already. */
  readonly path: string | null;
  readonly runs: readonly string[];
  /** `enabled`, `started`, `masked` … by a command of the payload's. */
  readonly state: readonly string[];
}

const folder =
  /^\/(?:etc|usr\/lib|lib|run|usr\/local\/lib)\/systemd\/(?:system|user)\/([^/]+\.(?:service|timer|socket|path|mount|target|slice))(?:\.d\/[^/]+\.conf)?$/;
const verbs =
  /\bsystemctl\s+((?:--?[\w=-]{1,40}\s+){0,6})(enable|start|restart|reload-or-restart|mask|disable|stop)\s+([^;&|\n$(`#]+)/g;

const past: Readonly<Record<string, string>> = {
  'enable': 'enabled',
  'start': 'started',
  'restart': 'started',
  'reload-or-restart': 'started',
  'mask': 'masked',
  'disable': 'disabled',
  'stop': 'stopped',
};

const full = (name: string): string => (/\.\w+$/.test(name) ? name : `${name}.service`);

/** What a script or a command does to units, by their name. */
function states(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(verbs)].flatMap(([, options = '', verb = '', rest = '']) => {
    const words = rest.split(/\s+/).filter((word) => /^\w[\w@.:-]*$/.test(word));
    const now = `${options} ${rest}`.includes('--now') && verb === 'enable';
    return words.flatMap((word) => [
      [full(word), past[verb] ?? verb] as const,
      ...(now ? [[full(word), 'started'] as const] : []),
    ]);
  });
}

/** The units of a payload. `scripts`: texts that run on the machine, beside its commands. */
export function unitsOf(
  files: readonly RawFile[],
  commands: readonly RawCommand[],
  scripts: readonly string[],
): readonly RawUnit[] {
  const done = [...commands.map(({ text }) => text), ...scripts].flatMap(states);
  const written = files.flatMap(({ path, bytes }) => {
    const name = folder.exec(path)?.[1];
    if (name === undefined) return [];
    const text = Buffer.from(bytes).toString('utf8');
    const runs = [...text.matchAll(/^Exec(?:Start|StartPre|StartPost)=(.+)$/gm)].map(([, run = '']) =>
      run.trim(),
    );
    return [{ name, path, runs }];
  });
  const others = [...new Set(done.map(([name]) => name))]
    .filter((name) => written.every((unit) => unit.name !== name))
    .map((name) => ({ name, path: null, runs: [] }));
  return [...written, ...others].map((unit) => ({
    ...unit,
    state: [...new Set(done.filter(([name]) => name === unit.name).map(([, state]) => state))],
  }));
}
