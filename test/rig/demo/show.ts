import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Machine } from '../machines/machine.ts';
import { images } from '../services/versions.ts';
import type { Site } from '../site.ts';
import type { Screen } from './screen.ts';
import { stream } from './stream.ts';

interface Play {
  readonly site: Site;
  /** Of the operator, with a flexgen.yaml. */
  readonly dir: string;
  /** Of the node. */
  readonly name: string;
  readonly screen: Screen;
}

/** Hands on what flexgen says on the machine's console, until the signal. */
async function watchConsole(machine: Machine, screen: Screen, ended: AbortSignal): Promise<void> {
  for (let seen = 0; ;) {
    const lines = machine.console().split('\n').slice(0, -1);
    for (const line of lines.slice(seen)) {
      const [said] = /flexgen: .*/.exec(line) ?? [];
      if (said !== undefined) screen.add('console', said);
    }
    seen = lines.length;
    if (ended.aborted) return;
    await setTimeout(300);
  }
}

const pod = (nodeName: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'hello' },
  spec: { nodeName, containers: [{ name: 'hello', image: images.hello }] },
});

/** From the config to a pod that answers; `boot` makes a machine with the user-data. */
export async function show(
  { site, dir, name, screen }: Play,
  boot: (userData: string) => Promise<Machine>,
): Promise<void> {
  const { workstation, controlPlane } = site;
  const flexgen = async (args: string, out = ''): Promise<void> => {
    screen.add('command', `flexgen ${args}${out === '' ? '' : ` > ${out}`}`);
    const words = [...args.split(' '), ...(out === '' ? [] : ['--out', out])];
    await stream(workstation.command(words), dir, (text) => screen.add('output', text));
  };
  const kubectl = async (args: string): Promise<void> => {
    screen.add('command', `kubectl ${args}`);
    const text = await controlPlane.kubectl(args.split(' '));
    for (const line of text.trimEnd().split('\n')) screen.add('output', line);
  };
  await flexgen('cloud-init', 'user-data.yaml');
  await using machine = await boot(readFileSync(join(dir, 'user-data.yaml'), 'utf8'));
  const ended = new AbortController();
  const watching = watchConsole(machine, screen, ended.signal);
  try {
    await flexgen('wait');
  } finally {
    ended.abort();
    await watching;
  }
  await kubectl('get nodes');
  screen.add('command', `kubectl apply -f hello.yaml`);
  await controlPlane.apply(pod(name));
  await controlPlane.kubectl(['wait', 'pod/hello', '--for=condition=Ready', '--timeout=300s']);
  await kubectl('get pods -o wide');
  await kubectl('logs hello');
  await kubectl('exec hello -- /hello echo from inside');
}
