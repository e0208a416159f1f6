import { sample } from '../sample.ts';
import { refuses } from './refuses.ts';

refuses('a config that is no config', [
  {
    name: 'empty',
    config: '',
    stderr: `error: the config is empty
 --> flexgen.yaml:1:1
  |
1 |
  | ^ it needs at least \`apiVersion\`, \`cluster\`, \`auth\`
`,
  },
  {
    name: 'nothing but a comment',
    config: '# later\n',
    stderr: `error: the config is empty
 --> flexgen.yaml:1:1
  |
1 | # later
  | ^ it needs at least \`apiVersion\`, \`cluster\`, \`auth\`
`,
  },
  {
    name: 'not UTF-8',
    config: Uint8Array.of(0x61, 0x3a, 0x20, 0xff),
    stderr: `error: can't read flexgen.yaml: it is not UTF-8 text
  \`--config FILE\` names another one; starters are in templates/config
`,
  },
  {
    name: 'not YAML',
    config: `${sample}node: { name: "edge-01 }\n`,
    stderr: `error: a quote is not closed
 --> flexgen.yaml:7:25
  |
7 | node: { name: "edge-01 }
  |                         ^ look further up for a value that starts with a quote and has no second one
`,
  },
  {
    name: 'two documents',
    config: `${sample}---\n${sample}`,
    stderr: `error: a second document starts here
 --> flexgen.yaml:7:1
  |
7 | ---
  | ^^^ one file holds one config: remove the \`---\`
`,
  },
  {
    name: 'a tab as indentation',
    config: `${sample}node:\n\tname: edge-01\n`,
    stderr: `error: a tab indents this line
 --> flexgen.yaml:8:1
  |
8 |     name: edge-01
  | ^^^^ YAML indents with spaces alone; use two for each level
`,
  },
  {
    name: 'a list instead of the whole',
    config: '- apiVersion: flexgen/v1\n',
    stderr: `error: expected a map, found a list
 --> flexgen.yaml:1:1
  |
1 | - apiVersion: flexgen/v1
  | ^ write \`key: value\`, without \`- \`
`,
  },
  {
    name: 'a list where a map belongs',
    config: `${sample}node:\n  - name: edge-01\n`,
    stderr: `error: expected a map, found a list
 --> flexgen.yaml:7:1
  |
7 | node:
  | ^^^^ write \`key: value\`, without \`- \`
`,
  },
  {
    name: 'a duplicate key',
    config: `${sample}auth: {}\n`,
    stderr: `error: duplicate key \`auth\`
 --> flexgen.yaml:7:1
  |
7 | auth: {}
  | ^^^^ the first one is in line 3: keep one
`,
  },
  {
    name: 'an unknown key',
    config: `${sample}node: { lables: { site: a } }\n`,
    stderr: `error: unknown key \`lables\`
 --> flexgen.yaml:7:9
  |
7 | node: { lables: { site: a } }
  |         ^^^^^^ did you mean \`labels\`?
`,
  },
  {
    name: 'a mis-cased key',
    config: `${sample}node: { maxpods: 30 }\n`,
    stderr: `error: unknown key \`maxpods\`
 --> flexgen.yaml:7:9
  |
7 | node: { maxpods: 30 }
  |         ^^^^^^^ keys are case-sensitive: did you mean \`maxPods\`?
`,
  },
  {
    name: 'a wrong type',
    config: `${sample}node: { maxPods: many }\n`,
    stderr: `error: expected a whole number, found a string
 --> flexgen.yaml:7:18
  |
7 | node: { maxPods: many }
  |                  ^^^^
`,
  },
  {
    name: 'a number for a name',
    config: `${sample}node: { name: 7 }\n`,
    stderr: `error: expected a string or a map, found a number
 --> flexgen.yaml:7:15
  |
7 | node: { name: 7 }
  |               ^ put it in quotes
`,
  },
  {
    name: 'a missing part',
    config: 'apiVersion: flexgen/v1\n',
    stderr: `error: the file needs \`cluster\`
 --> flexgen.yaml:1:1
  |
1 | apiVersion: flexgen/v1
  | ^ add \`cluster\`, e.g. \`cluster: {facts: ./aks1.facts.yaml}\`

error: the file needs \`auth\`
 --> flexgen.yaml:1:1
  |
1 | apiVersion: flexgen/v1
  | ^ add \`auth\`, e.g. \`auth: {mode: bootstrap-token}\`
`,
  },
  {
    name: 'several problems, all at once and in order',
    config: `${sample}node: { lables: {}, maxPods: 0 }\nproxi: {}\n`,
    stderr: `error: unknown key \`lables\`
 --> flexgen.yaml:7:9
  |
7 | node: { lables: {}, maxPods: 0 }
  |         ^^^^^^ did you mean \`labels\`?

error: \`maxPods\` must be from 1 to 1024
 --> flexgen.yaml:7:30
  |
7 | node: { lables: {}, maxPods: 0 }
  |                              ^

error: unknown key \`proxi\`
 --> flexgen.yaml:8:1
  |
8 | proxi: {}
  | ^^^^^ did you mean \`proxy\`?
`,
  },
]);
