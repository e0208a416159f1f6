import { markup } from '../../../encode/html.ts';
import type { Html } from '../../../encode/html.ts';
import type { Budget } from '../review.ts';
import { number, percent } from '../../../diagnostics/number.ts';

/** The share of a limit from which a change of the config may be one too many. */
const near = 0.9;

function bar({ target, title, counted, limit, takes }: Budget): Html {
  const share = limit === null ? 0 : counted / limit;
  const state = share > 1 ? 'over' : share > near ? 'near' : '';
  const width = Math.min(100, Math.ceil(share * 100));
  const size =
    limit === null
      ? markup`${number(counted)}, no limit`
      : markup`${number(counted)} of ${number(limit)} <b class="${share > 1 ? 'bad' : ''}">${percent(counted, limit)}</b>`;
  const name = markup`<span>${title.replace(/,$/, '')} <span class="dim">${target}</span></span>`;
  const fill = markup`<div><i class="${state}" style="width:${width}%"></i></div>`;
  const note = takes ? markup`` : markup`<br>does not take this envelope`;
  return markup`<div class="bar ${takes ? '' : 'off'}">${name}${fill}<span class="dim">${size}${note}</span></div>\n`;
}

/** What of each target's limit a payload takes. */
export const bars = (budget: readonly Budget[]): Html => markup`${budget.map(bar)}`;
