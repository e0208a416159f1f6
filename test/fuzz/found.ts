/** What was wrong before there was a fuzz run, and the test that holds it. */
export const found: readonly { readonly what: string; readonly test: string }[] = [];
