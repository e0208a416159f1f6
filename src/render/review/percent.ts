/** A part of a limit in whole per cent, as `validate` says it: what is begun counts. */
export const percent = (part: number, limit: number): string => `${Math.ceil((part / limit) * 100)} %`;
