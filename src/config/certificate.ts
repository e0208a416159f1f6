import { pem } from './values/pem.ts';

/** What is wrong with the text of a CA file, or undefined when it is one or more certificates in PEM. */
export function certificateProblem(text: string): string | undefined {
  return pem(text)?.message;
}
