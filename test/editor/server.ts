import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A message of JSON-RPC 2.0, whichever of its kinds. */
interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A place in a text, from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Finding {
  readonly message: string;
  readonly severity: number;
  readonly range: { readonly start: Position; readonly end: Position };
}

export interface Completion {
  readonly label: string;
  readonly documentation?: string | { readonly value: string };
}

/** An editor's side of a YAML language server, with one folder open. */
export interface Editor {
  /** Shows a file of the folder, in place of what was there; gives what the server finds wrong with it. */
  show(name: string, text: string): Promise<readonly Finding[]>;
  complete(name: string, position: Position): Promise<readonly Completion[]>;
  /** What is said of a place, in Markdown; empty where nothing is. */
  hover(name: string, position: Position): Promise<string>;
}

/** What an editor is asked for its settings: those of a fresh installation, but that nothing is fetched. */
const settings: Readonly<Record<string, unknown>> = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false, url: '' } },
  redhat: { telemetry: { enabled: false } },
};

/** The messages in what has come, and what is still to come whole. */
function unframe(bytes: Buffer): { readonly messages: readonly Message[]; readonly rest: Buffer } {
  const messages: Message[] = [];
  let rest = bytes;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    const [, length] = /Content-Length: (\d+)/i.exec(rest.toString('latin1', 0, Math.max(end, 0))) ?? [];
    const from = end + 4;
    if (length === undefined || rest.length < from + Number(length)) return { messages, rest };
    messages.push(JSON.parse(rest.toString('utf8', from, from + Number(length))) as Message);
    rest = rest.subarray(from + Number(length));
  }
}

const program = fileURLToPath(import.meta.resolve('yaml-language-server/bin/yaml-language-server'));

/** Starts the server as an editor does, on a folder; it ends with the test. */
export async function startEditor(t: TestContext, folder: string): Promise<Editor> {
  const child = spawn(process.execPath, [program, '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const waiting = new Map<number | string, (message: Message) => void>();
  const listening = new Map<string, (findings: readonly Finding[]) => void>();
  let asked = 0;
  let version = 0;

  const send = (message: Message): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const answered = (id: number): Promise<Message> =>
    new Promise((resolve) => {
      waiting.set(id, resolve);
    });
  const ask = async (method: string, params: unknown): Promise<unknown> => {
    const id = ++asked;
    const answer = answered(id);
    send({ id, method, params });
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const receive = ({ id, method, params, ...answer }: Message): void => {
    if (method === undefined) return void (id !== undefined && waiting.get(id)?.({ ...answer }));
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Finding[] };
      listening.get(uri)?.(diagnostics);
      return;
    }
    if (id === undefined) return;
    const { items = [] } = Object(params) as { items?: readonly { section?: string }[] };
    const result = items.map(({ section }) => settings[section ?? ''] ?? null);
    send({ id, result: method === 'workspace/configuration' ? result : null });
  };
  let pending: Buffer = Buffer.alloc(0);
  child.stdout.on('data', (bytes: Buffer) => {
    const { messages, rest } = unframe(Buffer.concat([pending, bytes]));
    pending = rest;
    for (const message of messages) receive(message);
  });
  t.after(async () => {
    await ask('shutdown', null);
    send({ method: 'exit' });
    await closed;
  });

  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  await ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'folder' }],
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        completion: { completionItem: { documentationFormat: ['markdown'], snippetSupport: true } },
        hover: { contentFormat: ['markdown'] },
        publishDiagnostics: {},
      },
    },
  });
  send({ method: 'initialized', params: {} });

  const at = (name: string, position: Position) => ({ textDocument: { uri: uriOf(name) }, position });
  const shown = new Set<string>();
  return {
    async show(name, text) {
      const uri = uriOf(name);
      const found = new Promise<readonly Finding[]>((resolve) => {
        listening.set(uri, resolve);
      });
      version += 1;
      if (shown.has(name)) {
        const params = { textDocument: { uri, version }, contentChanges: [{ text }] };
        send({ method: 'textDocument/didChange', params });
      } else {
        send({
          method: 'textDocument/didOpen',
          params: { textDocument: { uri, languageId: 'yaml', version, text } },
        });
        shown.add(name);
      }
      return await found;
    },
    async complete(name, position) {
      const result = (await ask('textDocument/completion', at(name, position))) as
        { readonly items: readonly Completion[] } | readonly Completion[];
      return 'items' in result ? result.items : result;
    },
    async hover(name, position) {
      const result = (await ask('textDocument/hover', at(name, position))) as {
        readonly contents: string | { readonly value: string };
      } | null;
      const contents = result?.contents ?? '';
      return typeof contents === 'string' ? contents : contents.value;
    },
  };
}
