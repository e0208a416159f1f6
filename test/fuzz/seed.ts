/** What random strings follow from. FLEXGEN_FUZZ_SEED makes others, or those of a run that failed again. */
export const seed = Number(process.env['FLEXGEN_FUZZ_SEED'] ?? 20261129);
