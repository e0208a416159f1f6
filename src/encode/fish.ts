/** One word of a fish script, in single quotes: there only a quote and a backslash have a meaning. */
export const encodeFish = (text: string): string => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
