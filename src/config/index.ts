/** Text -> located diagnostics, or a Spec with no optionals left. No effects. */
export { formatFacts } from './format-facts.ts';
export { checkFacts, loadSpec } from './load.ts';
export { parseFacts } from './parse-facts.ts';
export { assembleSchema } from './schema/assemble.ts';
export { factsSchema } from './schema/facts.ts';
