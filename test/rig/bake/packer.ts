import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a `packer build` went. */
export interface Build {
  readonly exitCode: number | null;
  /** Both of its streams, a time before each line. */
  readonly output: string;
}

/**
 * Runs `packer build` on `folder` with its cache and log below `scratch`. Packer 1.6.6 has its plugins inside, so
 * that `required_plugins` is a syntax error to it: the folder must be without them.
 */
export async function packerBuild(folder: string, scratch: string): Promise<Build> {
  const [home, logFile] = [join(scratch, 'home'), join(scratch, 'packer.log')];
  await mkdir(home, { recursive: true });
  // Its plugins listen there, and a unix socket's path holds 107 bytes: too few for a folder deep in a checkout.
  const tmp = await mkdtemp(join(tmpdir(), 'flexgen-bake-'));
  const log = await open(logFile, 'w');
  const packer = ['packer', 'build', '-color=false', '-timestamp-ui', folder];
  // Packer's plugins and QEMU are processes of their own: with the rig's end all of them end.
  const within = ['--pdeathsig', 'KILL', '--', 'unshare', '--pid', '--fork', '--kill-child', '--', ...packer];
  const child = spawn('setpriv', within, {
    stdio: ['ignore', log.fd, log.fd],
    env: {
      ...process.env,
      HOME: home,
      TMPDIR: tmp,
      PACKER_CACHE_DIR: join(scratch, 'cache'),
      // Otherwise it asks its vendor for newer versions.
      CHECKPOINT_DISABLE: '1',
    },
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await log.close();
  // It leaves the files of the seed here, which say who may sign in.
  await rm(tmp, { recursive: true, force: true });
  return { exitCode, output: await readFile(logFile, 'utf8') };
}

const marks: readonly (readonly [phase: string, end: RegExp])[] = [
  ['start', /Starting VM/],
  ['boot', /Connected to SSH/],
  ['provision', /flexgen: baked/],
  ['reboot and verify', /flexgen: verified/],
  ['clean', /Gracefully halting/],
  ['power off', /Converting hard drive/],
  ['compress', /finished after/],
];

/** Which part of a build took how many seconds, in its order. */
export function phases(output: string): string {
  const lines = output.split('\n');
  let before = timeOf(lines[0] ?? '');
  return marks
    .map(([phase, end]) => {
      const line = lines.find((candidate) => end.test(candidate)) ?? '';
      const now = timeOf(line) || timeOf(lines[lines.indexOf(line) - 1] ?? '') || before;
      const text = `${phase} ${Math.round((now - before) / 1000)} s`;
      before = now;
      return text;
    })
    .join(', ');
}

const timeOf = (line: string): number => Date.parse(line.slice(0, 20)) || 0;
