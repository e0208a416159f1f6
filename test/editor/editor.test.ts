import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { definitions } from '../../src/cli/definitions.ts';
import { createRig, root } from '../cli/run.ts';
import { startEditor } from './server.ts';
import type { Completion, Position } from './server.ts';

/** The first line that the README tells to write. */
const [modeline = ''] =
  /# yaml-language-server: \$schema=\S+(?=`)/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];

const name = 'flexgen.yaml';
const cursor = '▮';

/** A config with its first lines before it, and where the cursor is in it. */
function written(body: string): { readonly text: string; readonly position: Position } {
  const whole = `${modeline}\napiVersion: flexgen/v1\ncluster: { facts: ./aks1.facts.yaml }\n${body}`;
  const before = whole.split(cursor)[0]?.split('\n') ?? [];
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { text: whole.replace(cursor, ''), position };
}

const labels = (items: readonly Completion[]): readonly string[] =>
  items.map(({ label }) => label).toSorted();

const said = ({ documentation = '' }: Completion): string =>
  typeof documentation === 'string' ? documentation : documentation.value;

/** What is typed, and what of it the editor marks: the text under the mark, and what is said of it. */
const mistakes: Readonly<Record<string, readonly [body: string, marked: string, message: RegExp]>> = {
  'an unknown key': [
    'auth: { mode: arc }\nnode:\n  lables: {}\n',
    'lables',
    /^Property lables is not allowed/,
  ],
  'a key of another mode': [
    'auth:\n  mode: bootstrap-token\n  clientId: a\n',
    'clientId',
    /^Property clientId is not allowed/,
  ],
  'a wrong type': [
    'auth: { mode: arc }\nnode:\n  maxPods: many\n',
    'many',
    /^Incorrect type\. Expected "integer"/,
  ],
  'an unknown value': [
    'auth: { mode: arc }\nnode:\n  os: windows\n',
    'windows',
    /Valid values: "ubuntu-22\.04", /,
  ],
  'an unknown mode': ['auth:\n  mode: password\n', 'password', /^Value must be "bootstrap-token" \| /],
  'a secret in plain': ['auth:\n  mode: bootstrap-token\n  token: f4k3f4\n', 'f4k3f4', /^Incorrect type/],
  'a key that the mode needs': [
    'auth:\n  mode: arc\nnetwork:\n  mode: bridge\n',
    'network',
    /^Missing property "podCIDR"/,
  ],
};

test('a YAML language server, with the schema that flexgen prints', async (t) => {
  const rig = createRig(t);
  rig.write('schema.json', (await rig.flexgen(['schema'])).stdout);
  const editor = await startEditor(t, rig.folder);
  const typed = async (body: string): Promise<Position> => {
    const { text, position } = written(body);
    await editor.show(name, text);
    return position;
  };
  const complete = async (body: string) => await editor.complete(name, await typed(body));
  const hover = async (body: string) => await editor.hover(name, await typed(body));

  await t.test('offers each section, and says what it is', async () => {
    const items = await complete('auth: { mode: arc }\n▮');
    for (const key of ['node', 'network', 'proxy', 'output', 'azure'])
      assert.ok(labels(items).includes(key), key);
    assert.deepEqual(
      items.filter((item) => said(item) === '').map(({ label }) => label),
      [],
    );
  });

  await t.test('offers every mode of `auth`', async () => {
    const modes = definitions.auth.map(({ mode }) => mode);
    assert.deepEqual(labels(await complete('auth:\n  mode: ▮\n')), modes.toSorted());
  });

  await t.test('offers the keys of the mode that is chosen, and of no other', async () => {
    const items = labels(await complete('auth:\n  mode: bootstrap-token\n  ▮\n'));
    assert.ok(items.includes('ttl') && items.includes('token'), items.join());
    assert.ok(!items.includes('clientId') && !items.includes('machineName'), items.join());
  });

  await t.test('offers the values of a key', async () => {
    assert.deepEqual(labels(await complete('auth: { mode: arc }\nnode:\n  os: ▮\n')), [
      'debian-12',
      'debian-13',
      'ubuntu-22.04',
      'ubuntu-24.04',
    ]);
  });

  await t.test('says what a key means, how it is written, and what its mode is', async () => {
    const key = await hover('auth: { mode: arc }\nnode:\n  max▮Pods: 30\n');
    assert.match(key, /How many pods the node takes\./);
    assert.match(key, /Default: `?110`?|110/);
    assert.match(await hover('auth:\n  mo▮de: bootstrap-token\n'), /arc\\`: a machine of Azure Arc;/);
    const own = await hover(
      'auth:\n  mode: service-principal\n  client▮Id: 11111111-2222-3333-4444-555555555555\n',
    );
    assert.match(own, /The application \(client\) id\./);
    // The description is the key's own, the example that of what it refers to.
    assert.match(own, /11111111-2222-3333-4444-555555555555/);
  });

  await t.test('finds nothing wrong with a starter', async () => {
    for (const starter of ['bootstrap-token', 'arc', 'certificate', 'scaling-group', 'behind-a-proxy']) {
      const text = readFileSync(join(root, `templates/config/${starter}.yaml`), 'utf8');
      assert.deepEqual(await editor.show(`${starter}.yaml`, `${modeline}\n${text}`), [], starter);
    }
  });

  await t.test('says what a section takes that has nothing yet', async () => {
    const found = await editor.show(name, written('auth:\n').text);
    assert.ok(found.length > 0);
    for (const { message } of found) assert.match(message, /^Incorrect type\. Expected "/);
  });

  for (const [what, [body, marked, message]] of Object.entries(mistakes)) {
    await t.test(`marks ${what}, where it stands`, async () => {
      const { text } = written(body);
      const [finding = assert.fail('it finds something'), ...others] = await editor.show(name, text);
      const { start, end } = finding.range;
      assert.match(finding.message, message);
      assert.equal(text.split('\n')[start.line]?.slice(start.character, end.character), marked);
      assert.equal(finding.severity, 1);
      assert.deepEqual(others, []);
    });
  }
});
