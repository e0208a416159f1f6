import type { World } from '../world.ts';
import { questions } from './answers.ts';
import type { Answers, Question } from './answers.ts';

type Writable = { -readonly [K in keyof Answers]: Answers[K] };

/** Lines of standard input, as they come. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.map((line) => line.replace(/\r$/, ''));
  }
}

const prompt = ({ text, choices, default: usual }: Question): string =>
  `${text}${choices === undefined ? '' : ` (${choices.join(', ')})`}${usual ? ` [${usual}]` : ''}: `;

/** The answer that a line is, or undefined for none that counts. */
function answer({ default: usual, choices }: Question, line: string): string | undefined {
  const text = line.trim() === '' ? usual : line.trim();
  return text === undefined || choices === undefined || choices.includes(text) ? text : undefined;
}

/** Asks at the terminal what the options have not said. Undefined where the input ends before. */
export async function askRest(given: Answers, world: World): Promise<Answers | undefined> {
  const lines = linesOf(world.stdin());
  const answers: Writable = { ...given };
  for (const { question, isAsked } of questions()) {
    const { key } = question;
    while (isAsked(answers) && answers[key] === undefined) {
      await world.stderr.write(prompt(question));
      const { value: line } = await lines.next();
      if (line === undefined) return undefined;
      const text = answer(question, line);
      if (text !== undefined) answers[key] = text;
    }
  }
  await lines.return();
  return answers;
}

/** The options with the defaults of what they don't say, and the flags of what has none. */
export function withDefaults(given: Answers): {
  readonly answers: Answers;
  readonly missing: readonly string[];
} {
  const missing: string[] = [];
  const answers: Writable = { ...given };
  for (const { question, isAsked } of questions()) {
    const { key, flag, default: usual } = question;
    if (!isAsked(answers) || answers[key] !== undefined) continue;
    if (usual === undefined) missing.push(flag);
    else answers[key] = usual;
  }
  return { answers, missing };
}
