import { markup } from '../../../encode/html.ts';
import type { Html } from '../../../encode/html.ts';
import type { Review } from '../review.ts';
import { sections } from './sections.ts';
import { style } from './style.ts';
import { number } from '../../../diagnostics/number.ts';

const tile = (count: number, what: string, kind = ''): Html =>
  markup`<div class="tile"><b class="${kind}">${number(count)}</b><span class="dim">${what}</span></div>\n`;

// Nothing but the page's own style: a payload's text can't become a script, a picture or a request.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function tiles({ files, commands, downloads, secrets }: Review): readonly Html[] {
  const unchecked = downloads.filter(({ digest }) => digest === null).length;
  return [
    tile(files.length, 'files'),
    tile(commands.length, 'commands'),
    tile(downloads.length, 'downloads'),
    tile(unchecked, 'downloads that nothing checks', unchecked > 0 ? 'bad' : 'good'),
    tile(secrets.length, 'secrets, masked', secrets.length > 0 ? 'warn' : ''),
  ];
}

/** A review as one page that needs nothing else: no script, no request, the same bytes for the same payload. */
export function reviewPage(review: Review): string {
  const { name, bytes, wrapping } = review;
  const how = wrapping.length === 0 ? 'plain text' : wrapping.join(' › ');
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${name} · flexgen inspect</title>
<style></style>
</head>
<body>
<h1>${name}</h1>
<p class="dim">${number(bytes)} bytes, ${how}. What it would do to a machine; nothing of it was run or fetched.</p>
<div class="tiles">
${tiles(review)}</div>
${sections(review)}</body>
</html>
`;
  // The first one: what is a payload's own is encoded.
  return page.text.replace('<style></style>', () => `<style>${style}</style>`);
}
