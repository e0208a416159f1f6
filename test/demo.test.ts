import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lacks, pythonWith, read } from './encode/reader.ts';
import { picture } from './rig/demo/picture.ts';
import type { Line } from './rig/demo/screen.ts';

const texts = `
import json, sys, xml.dom.minidom
page = xml.dom.minidom.parse(sys.stdin.buffer)
print(json.dumps([text.firstChild.data for text in page.getElementsByTagName('text')]))
`;

test('the picture of a run is an SVG that shows each line and its second, whatever is in it', (t) => {
  const python = pythonWith('xml.dom.minidom');
  if (python === undefined) return lacks(t, 'Python');
  const lines: readonly Line[] = [
    { seconds: 0, kind: 'command', text: 'flexgen wait' },
    { seconds: 7, kind: 'console', text: 'flexgen: "a" <b> & \u001b[31m' },
    { seconds: 123, kind: 'output', text: 'x'.repeat(200) },
  ];
  const shown: unknown = JSON.parse(read(python, ['-c', texts], { input: picture(lines) }) ?? '');
  assert.deepEqual(JSON.parse(JSON.stringify(shown).replaceAll('\u00a0', ' ')), [
    '   0 s',
    '$ flexgen wait',
    '   7 s',
    '  │ flexgen: "a" <b> & [U+001B][31m',
    ' 123 s',
    `${'x'.repeat(131)}…`,
  ]);
});
