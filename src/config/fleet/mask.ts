/** What a column is called, or a key, whose values are shown to nobody. */
const secretWord = /secret|token|passw|credential|key$/i;
const reference = /(?:^|\.)(?:env|file|command)$/;
const secretContent = /PRIVATE KEY|:\/\/[^/@\s]*@/;

/** Whether a value of this name may be a secret, written in plain by mistake. */
export const maySecret = (name: string, value: string): boolean =>
  secretContent.test(value) || (!reference.test(name) && (name.startsWith('auth') || secretWord.test(name)));

/** Whether a whole line may hold one. */
export const lineMaySecret = (line: string): boolean =>
  /secret|token|passw|credential|auth|PRIVATE KEY/i.test(line);
