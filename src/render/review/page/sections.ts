import { markup } from '../../../encode/html.ts';
import type { Html } from '../../../encode/html.ts';
import { stageTitles, stages } from '../read/stages.ts';
import type { Moment, Review } from '../review.ts';
import { bars } from './bars.ts';
import { code, marked, section, table } from './text.ts';
import { tree } from './tree.ts';
import { number } from '../../../diagnostics/number.ts';

const often = markup`<span class="tag warn">every boot</span>`;

const momentHtml = ({ what, when }: Moment): Html =>
  markup`<li>${code(what)}${when === 'every boot' ? often : ''}</li>\n`;

/** The boot in its order, by cloud-init's stages. */
function boot(timeline: readonly Moment[]): Html {
  const items = stages.map((stage) => {
    const moments = timeline.filter((moment) => moment.stage === stage);
    const title = markup`<li class="stage">${stageTitles[stage]} <span class="dim">${stage}</span></li>\n`;
    return moments.length === 0 ? markup`` : markup`${title}${moments.map(momentHtml)}`;
  });
  return markup`<ol class="boot">\n${items}</ol>\n`;
}

const checked = (digest: string | null): Html =>
  digest === null
    ? markup`<span class="bad">nothing checks it</span>`
    : markup`<code class="good">${digest}</code>`;

/** Text that can be folded away. */
const folded = (title: Html, text: string, open = ''): Html =>
  markup`<details ${open}><summary>${title}</summary><pre>\n${marked(text)}</pre></details>\n`;

/** What matters most first: what a reviewer would stop at. */
export function sections(review: Review): readonly Html[] {
  const { notes, budget, timeline, downloads, secrets, files, units, parts, modules } = review;
  const texts = parts.filter(({ text }) => text !== null);
  return [
    section(
      'To know',
      notes.length,
      markup`<ul>${notes.map((note) => markup`<li class="warn">${marked(note)}</li>`)}</ul>`,
    ),
    section('Size, by target', budget.length, bars(budget)),
    section('Boot', timeline.length, boot(timeline)),
    section(
      'Downloads',
      downloads.length,
      table(
        ['what', 'checked by', 'said in'],
        downloads.map(({ url, digest, from }) => [code(url), checked(digest), code(from)]),
      ),
    ),
    section(
      'Secrets, masked',
      secrets.length,
      table(
        ['where', 'what'],
        secrets.map(({ where, line, label }) => [code(`${where}:${line}`), marked(label)]),
      ),
    ),
    section('Files', files.length, tree(files)),
    section(
      'Units',
      units.length,
      table(
        ['unit', 'what is done to it', 'what it runs'],
        units.map(({ name, state, runs }) => [
          code(name),
          markup`${state.join(', ')}`,
          code(runs.join('; ')),
        ]),
      ),
    ),
    section(
      'Other modules of cloud-init',
      modules.length,
      markup`${modules.map(({ key, part, text }) => folded(markup`${code(key)} <span class="dim">${part}</span>`, text, 'open'))}`,
    ),
    section(
      'Scripts and other parts',
      texts.length,
      markup`${texts.map(({ name, kind, bytes, text }) =>
        folded(
          markup`${code(name)}<span class="tag">${kind}</span> <span class="dim">${number(bytes)} bytes</span>`,
          text ?? '',
        ),
      )}`,
    ),
  ];
}
