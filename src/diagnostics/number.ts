/** A count as people read it: `16,384`. */
export const number = (count: number): string => count.toLocaleString('en-US');
