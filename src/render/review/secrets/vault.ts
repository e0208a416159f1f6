/** A secret, and what stands in its place. */
export interface Kept {
  readonly kind: string;
  readonly label: string;
}

/** Long enough that it is no word of something else. */
const telling = 8;

/** No payload has a tenth of it; each is looked for in every text. */
const mostWanted = 2000;

/**
 * Numbers the secrets of a review, so that a reader sees which are the same and which differ, and nothing else of them:
 * neither a digest nor a length, by which one could be guessed.
 */
export class Vault {
  readonly #kept = new Map<string, Kept>();
  readonly #counts = new Map<string, number>();
  /** The values that are looked for everywhere, longest first. */
  #wanted: string[] = [];

  /** What stands in this secret's place. `spread`: it is one wherever else it stands. */
  keep(kind: string, value: string, spread = true): string {
    const known = this.#kept.get(value);
    if (known !== undefined) return known.label;
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const label = `<masked ${kind} ${number}>`;
    this.#kept.set(value, { kind, label });
    if (spread && value.length >= telling && this.#wanted.length < mostWanted) {
      this.#wanted = [...this.#wanted, value].toSorted((a, b) => b.length - a.length);
    }
    return label;
  }

  /** The text without the secrets that are known by now. */
  without(text: string): string {
    return this.#wanted.reduce(
      (rest, value) => (rest.includes(value) ? rest.replaceAll(value, this.keep('', value)) : rest),
      text,
    );
  }
}
