/** A part of a limit in whole per cent: what is begun counts. */
export const percent = (part: number, limit: number): string => `${Math.ceil((part / limit) * 100)} %`;

/** A count as people read it: `16,384`. */
export const number = (count: number): string => count.toLocaleString('en-US');
