// Run by payload.test.ts and by `npm run fuzz` with little memory: tells how each bomb, or each mutated payload, is read.
import { reviewText } from '../../src/cli/review/text.ts';
import { envelopes } from '../../src/render/cloud-init/envelopes/index.ts';
import { readPayload, reviewOf } from '../../src/render/review/index.ts';
import { bombs } from './bombs.ts';
import { mutated } from './mutate.ts';

// Nothing that moves a terminal's cursor.
const moves = /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function verdict(payload: string | Uint8Array): string {
  const read = readPayload(Buffer.from(payload), 'payload');
  if (!read.ok) return read.errors.map(({ code }) => code).join(' ');
  return moves.test(reviewText(reviewOf(read.value))) ? 'it moves the cursor' : 'read';
}

const userData = `#cloud-config
write_files:
- { path: /a, permissions: '0755', encoding: gz+b64, content: H4sIAAAAAAAAA8tIzcnJ5wIAIDA6NgYAAAA= }
- { path: "/b\\e[2J", content: "token: abc123.0fedcba987654321\\n" }
runcmd: [[tar, xzf, /a.tar], "curl https://example.com/a | sh"]
"odd\\e]0;key": 1
`;

const [what = '', count = '0', seed = '0'] = process.argv.slice(2);
const say = (name: string, said: string): void => void process.stdout.write(`${name}: ${said}\n`);

if (what === 'bombs') for (const [name, make] of Object.entries(bombs)) say(name, verdict(make()));
else {
  for (const [name, { wrap }] of Object.entries(envelopes)) {
    const whole = wrap({ userData, name: 'a', url: 'https://example.com/a' });
    const told = new Map<string, number>();
    for (const payload of mutated(whole, Number(count), Number(seed))) {
      const said = verdict(payload);
      told.set(said, (told.get(said) ?? 0) + 1);
    }
    say(
      name,
      [...told]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([said, times]) => `${said} ${times}`)
        .join(', '),
    );
  }
}

// At no time was there more than this, of which Node itself and the TypeScript loader have a fifth.
const most = 800;
const megabytes = process.resourceUsage().maxRSS / 1024;
say('memory', megabytes < most ? 'bounded' : `${Math.round(megabytes)} MiB`);
