import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { reviewPage } from '../../../src/render/review/page/index.ts';
import { root, temporary } from '../../cli/run.ts';
import { lacks } from '../../encode/reader.ts';
import { look } from './chromium.ts';
import type { Seen } from './chromium.ts';
import { review } from './read.ts';

/** Opens all that is folded up and says what the page is, as a reader and as the browser have it. */
const script = `(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const page = document.documentElement;
  return {
    text: document.body.innerText,
    active: document.querySelectorAll('script, img, iframe, object, embed, link, form, a, [src], [href], [onerror], [onload]').length,
    files: document.querySelectorAll('details.file').length,
    bars: document.querySelectorAll('.bar').length,
    moments: document.querySelectorAll('ol.boot li').length,
    fits: page.scrollWidth <= page.clientWidth,
  };
})()`;

interface Page {
  readonly text: string;
  readonly active: number;
  readonly files: number;
  readonly bars: number;
  readonly moments: number;
  readonly fits: boolean;
}

async function opened(t: TestContext, html: string): Promise<(Seen & { readonly page: Page }) | undefined> {
  const file = join(temporary(t), 'page.html');
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const seen = await look(url, script);
  if (seen === undefined) {
    lacks(t, 'chromium');
    return undefined;
  }
  assert.deepEqual(seen.requests, [url], 'it asks for nothing but itself');
  assert.deepEqual(seen.complaints, []);
  return { ...seen, page: seen.value as Page };
}

suite('the page of inspect --html in a real browser', () => {
  test('all that a payload of ours does, and none of its secrets', async (t) => {
    const payload = readFileSync(join(root, 'generated/certificate.user-data.yaml'), 'utf8');
    const it = review(payload);
    const seen = await opened(t, reviewPage(it));
    if (seen === undefined) return;
    const { text, ...page } = seen.page;
    assert.deepEqual(page, {
      active: 0,
      files: it.files.length,
      bars: 15,
      moments: it.timeline.length + 3,
      fits: true,
    });
    for (const { path } of it.files) assert.ok(text.includes(path.split('/').at(-1) ?? ''), path);
    for (const { url, digest } of it.downloads)
      assert.ok(text.includes(url) && text.includes(digest ?? '?'), url);
    for (const secret of [/CLIENT_ID=1/, /eyJhbGci/, /zfDSMbCo/, /-PRIVATE KEY-----\n\w/])
      assert.doesNotMatch(text, secret);
    assert.match(text, /CLIENT_ID=<masked root-only value 1>/);
    assert.match(text, /flexgen: artifacts/);
    // A picture of a page, not of nothing.
    assert.ok(seen.picture.length > 50_000, `${seen.picture.length} bytes`);
  });

  test('a payload that would take the page over is only text on it', async (t) => {
    const hostile = `</pre></style><script>document.title='x'</script><img src=http://192.0.2.1/a onerror=alert(1)>"'&amp;`;
    const payload = JSON.stringify({
      write_files: [{ path: `/etc/${hostile}`, owner: hostile, content: `${hostile}\u202e\u0000\u001b[31m` }],
      runcmd: [hostile, `curl http://192.0.2.1/${hostile}`],
      packages: [hostile],
      [hostile]: [hostile],
    });
    const it = review(`#cloud-config\n${payload}`);
    const seen = await opened(t, reviewPage({ ...it, name: hostile, notes: [hostile] }));
    if (seen === undefined) return;
    assert.equal(seen.page.active, 0);
    assert.ok(seen.page.text.startsWith(hostile));
    assert.ok(seen.page.text.split(hostile).length > 8);
  });

  test('the browser would tell: a page that asks for something is seen to', async (t) => {
    const file = join(temporary(t), 'page.html');
    writeFileSync(file, '<!doctype html><link rel=stylesheet href=other.css><script>nothing()</script>');
    const seen = await look(pathToFileURL(file).href, '1');
    if (seen === undefined) return lacks(t, 'chromium');
    assert.equal(seen.requests.length, 2);
    assert.ok(seen.complaints.length > 0);
  });
});
