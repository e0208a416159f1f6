import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Command } from '../workstation.ts';

/** Runs a program to its end, and hands on each line of both its streams as it comes. Throws where it ends with anything but 0. */
export async function stream(command: Command, cwd: string, line: (text: string) => void): Promise<void> {
  const { command: file, args, env } = command;
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', line);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}`);
}
