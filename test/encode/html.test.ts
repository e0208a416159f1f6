import assert from 'node:assert/strict';
import test from 'node:test';
import { markup } from '../../src/encode/html.ts';
import { hostile } from './corpus.ts';
import { lacks, read } from './reader.ts';

test('what is put into a piece is encoded, once; a piece is taken as it is', () => {
  assert.equal(markup`<b>${'<&>"\''}</b>`.text, '<b>&lt;&amp;&gt;&quot;&#39;</b>');
  assert.equal(markup`${[markup`<i>${1}</i>`, 'a & b', []]}`.text, '<i>1</i>a &amp; b');
});

test('what a reader would not see is written out', () => {
  assert.equal(
    markup`${'a\u202eb\u0000\u001b\u200b\ud83dc\t\n'}`.text,
    'a[U+202E]b[U+0000][U+001B][U+200B][U+D83D]c\t\n',
  );
});

test('an HTML parser reads each text back, in an element and in an attribute', (t) => {
  const unseen = /(?![\t\n])[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
  const texts = hostile.filter((text) => !unseen.test(text) && text !== '');
  const page = markup`${texts.map((text) => markup`<p title="${text}">${text}</p>`)}`.text;
  const program = `
import html.parser, json, sys
class Reader(html.parser.HTMLParser):
    got = []
    def handle_starttag(self, tag, attrs): self.got.append([dict(attrs)["title"], ""])
    def handle_data(self, data): self.got[-1][1] += data
reader = Reader(); reader.feed(sys.stdin.buffer.read().decode()); reader.close(); print(json.dumps(reader.got))`;
  const output = read('python3', ['-c', program], { input: page });
  if (output === undefined) return lacks(t, 'python3');
  assert.deepEqual(
    JSON.parse(output),
    texts.map((text) => [text, text]),
  );
});
