import type { Answer, Caller } from './caller.ts';
import type { Question } from './questions.ts';

/** What somebody may do: by `kubectl auth can-i --list`, and by the answers to real requests. */
export interface Rights {
  readonly title: string;
  readonly listed: string;
  /** One for each question. */
  readonly granted: readonly boolean[];
}

/** The namespaces in which something other than the default is granted, or might be. */
const namespaces = ['default', 'kube-system'];

/** One line for each rule; spaces that align columns differ with what is in them. */
const tidy = (table: string): readonly string[] => [
  ...new Set(
    table
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().replaceAll(/ {2,}/g, '  ')),
  ),
];

/** What `kubectl auth can-i --list` says, without what it says to anybody. */
export async function listedFor({ kubectl }: Caller, anybody: string): Promise<string> {
  const known = new Set(anybody.split('\n'));
  const lists: string[] = [];
  for (const namespace of namespaces) {
    const rules = tidy(await kubectl(['auth', 'can-i', '--list', '-n', namespace]));
    lists.push(rules.filter((rule) => !known.has(rule)).join('\n'));
  }
  const [first = '', ...rest] = lists;
  // A binding for one namespace would be a difference.
  return rest.every((list) => list === first)
    ? first
    : lists.map((list, place) => `# in ${namespaces[place]}\n${list}`).join('\n');
}

/** Whether it was granted; an answer that is neither yes nor no says that the question is wrong. */
function isGranted({ title }: Question, { status, message }: Answer): boolean {
  if (status >= 200 && status < 300) return true;
  if (status === 403) return false;
  throw new Error(`${title}: ${status} ${message}`);
}

/** What the API server is asked. */
export interface Survey {
  readonly questions: readonly Question[];
  /** What is listed for anybody who is signed in. */
  readonly anybody: string;
}

export async function survey(title: string, caller: Caller, { questions, anybody }: Survey): Promise<Rights> {
  const granted: boolean[] = [];
  for (const question of questions) {
    const { method, path, message } = question;
    granted.push(isGranted(question, await caller.ask(method, path, message)));
  }
  return { title, listed: await listedFor(caller, anybody), granted };
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

/** Everything in one page of Markdown. */
export function report(all: readonly Rights[], { questions, anybody }: Survey): string {
  const table = questions.map(({ title }, place) =>
    row([title, ...all.map(({ granted }) => (granted[place] === true ? 'yes' : '–'))]),
  );
  const lists = all.map(({ title, listed }) => `## ${title}\n\n\`\`\`\n${listed}\n\`\`\`\n`);
  return `# What each identity may do in the cluster

After \`flexgen cluster apply\`, asked of a real API server of Kubernetes 1.34 with RBAC, the node authorizer and
NodeRestriction, as on AKS. The first columns are what a payload for \`edge-1\` holds; \`node\` is the certificate that it
gets with it, \`kube-proxy\` the service account of flexgen's DaemonSet. A dash is a 403.

${row(['a request to', ...all.map(({ title }) => title)])}${row(['---', ...all.map(() => ':-:')])}${table.join('')}
What \`kubectl auth can-i --list\` says: resources, paths, names, verbs. Of nodes it doesn't know what the node authorizer
grants them. What it says to anybody who is signed in stands first, and is left out of the others:

\`\`\`
${anybody}
\`\`\`

${lists.join('\n')}`;
}
