import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** What a page was seen to be in a browser. */
export interface Seen {
  /** Every URL that the page asked for, its own first. */
  readonly requests: readonly string[];
  /** What the browser had to say: errors of scripts, what the policy forbade. */
  readonly complaints: readonly string[];
  /** What the script gave back. */
  readonly value: unknown;
  /** PNG. */
  readonly picture: Buffer;
}

type Message = Readonly<Record<string, unknown>>;

const programs = ['chromium', 'chromium-browser', 'google-chrome'];

const flags = [
  '--headless',
  '--remote-debugging-pipe',
  // The tests may run as root, whom it refuses to shield.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--hide-scrollbars',
  '--window-size=1200,1600',
];

/** Sends commands of the DevTools protocol and gives their answers; `heard` is told of everything else. */
function talk(input: Writable, output: Readable, heard: (message: Message) => void) {
  const waiting = new Map<number, (message: Message) => void>();
  let rest = '';
  let last = 0;
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const pieces = (rest + chunk).split('\0');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      const message = JSON.parse(piece) as Message;
      const answer = waiting.get(Number(message['id']));
      if (answer === undefined) heard(message);
      else answer(message);
    }
  });
  return async (method: string, params: object, sessionId?: string): Promise<Message> => {
    const id = ++last;
    const answered = new Promise<Message>((resolve) => {
      waiting.set(id, resolve);
    });
    input.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result as Message;
  };
}

/** Opens a page in headless Chromium, runs a script in it and looks at it; undefined where there is no Chromium. */
export async function look(url: string, script: string): Promise<Seen | undefined> {
  for (const program of programs) {
    const profile = mkdtempSync(join(tmpdir(), 'flexgen-chromium-'));
    const child = spawn(program, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      timeout: 120_000,
      killSignal: 'SIGKILL',
    });
    const ended = once(child, 'close').catch(() => undefined);
    try {
      const started = await once(child, 'spawn').then(
        () => true,
        () => false,
      );
      if (!started) continue;
      return await visit(child.stdio[3] as Writable, child.stdio[4] as Readable, url, script);
    } finally {
      child.kill('SIGKILL');
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  return undefined;
}

async function visit(input: Writable, output: Readable, url: string, script: string): Promise<Seen> {
  const requests: string[] = [];
  const complaints: string[] = [];
  let loaded: (() => void) | undefined;
  const whenLoaded = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  const send = talk(input, output, ({ method, params }) => {
    const { request, entry, exceptionDetails } = params as Readonly<Record<string, Message | undefined>>;
    if (method === 'Network.requestWillBeSent') requests.push(String(request?.['url']));
    if (method === 'Log.entryAdded') complaints.push(String(entry?.['text']));
    if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(exceptionDetails));
    if (method === 'Page.loadEventFired') loaded?.();
  });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  for (const domain of ['Network', 'Log', 'Runtime', 'Page']) await send(`${domain}.enable`, {}, session);
  await send('Page.navigate', { url }, session);
  await whenLoaded;
  const { result } = await send('Runtime.evaluate', { expression: script, returnByValue: true }, session);
  const options = { format: 'png', captureBeyondViewport: true };
  const { data } = await send('Page.captureScreenshot', options, session);
  return {
    requests,
    complaints,
    value: (result as Message)['value'],
    picture: Buffer.from(String(data), 'base64'),
  };
}
