import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, diagnose } from './support.ts';

/** Text that a shell, YAML, a template, a terminal or a unit file would take for more than text. */
const hostile = {
  'single quote': "it's",
  'double quote': 'a"b',
  'command substitution': '$(reboot)',
  'backtick': '`reboot`',
  'line break': 'a\nb',
  'carriage return': 'a\rb',
  'tab': 'a\tb',
  'comment': 'a #b',
  'hash': '#b',
  'mapping': 'a: b',
  'next line': 'a\u0085b',
  'line separator': 'a\u2028b',
  'paragraph separator': 'a\u2029b',
  'NUL': 'a\0b',
  'DEL': 'a\u007fb',
  'escape': 'a\u001b[31mb',
  'emoji': 'a😀b',
  'mustache': '{{x}}',
  'shell variable': '${x}',
  'Packer and systemd': '%{x}',
  'direction mark': 'a\u202eb',
};

const unseen = new Set([
  'line break',
  'carriage return',
  'tab',
  'next line',
  'line separator',
  'paragraph separator',
  'NUL',
  'DEL',
  'escape',
  'direction mark',
]);

/** Every place of the config where free text would reach a file of the node, and what its own syntax is called. */
const places: Readonly<Record<string, (text: string) => string>> = {
  'config/node-name': (text) => `node: {name: ${text}}`,
  'config/label': (text) => `node: {labels: {site: ${text}}}`,
  'config/taint': (text) => `node: {taints: [${text}]}`,
  'config/interface': (text) => `node: {ip: {interface: ${text}}}`,
  'config/ip': (text) => `node: {ip: {address: ${text}}}`,
  'config/cidr': (text) => `network: {mode: bridge, podCIDR: ${text}}`,
  'config/version': (text) => `versions: {kubernetes: ${text}}`,
  'config/image': (text) => `runtime: {pauseImage: ${text}}`,
  'config/registry-host': (text) => `runtime: {registryMirrors: {${text}: https://a.example}}`,
  'config/url': (text) => `artifacts: {mirror: ${text}}`,
  'config/no-proxy': (text) => `proxy: {noProxy: [${text}]}`,
  'config/ssh-key': (text) => `ssh: {authorizedKeys: [${text}]}`,
};

for (const [name, text] of Object.entries(hostile)) {
  test(`${name} is refused wherever text reaches the node`, () => {
    for (const [code, config] of Object.entries(places)) {
      const multiline = code === 'config/ssh-key' && name === 'line break';
      const expected = unseen.has(name) && !multiline ? 'config/control-character' : code;
      const found = diagnose(`${base}${config(JSON.stringify(text))}\n`);
      assert.deepEqual(
        found.map((problem) => [problem.severity, problem.code, problem.location?.line]),
        [['error', expected, 4]],
        code,
      );
    }
  });
}

test('the place of an unseen character is its own, where the file has it as it is', () => {
  const [raw] = diagnose(`${base}node: {name: "edge\u008501"}\n`);
  assert.deepEqual(
    [raw?.message, raw?.location?.column, raw?.location?.length],
    ['the character U+0085 (next line) may not stand here', 19, 1],
  );
  const [escaped] = diagnose(`${base}node: {name: "edge\\u008501"}\n`);
  assert.deepEqual([escaped?.location?.column, escaped?.location?.length], [14, 14]);
});

test('text that reaches no file of the node may be of any language', () => {
  assert.deepEqual(diagnose(base.replace('./aks1', './Fabrik Süd ☃/aks1')), []);
});
