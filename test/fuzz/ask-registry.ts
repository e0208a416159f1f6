// Run by registry.test.ts, with the authority that Node has to know from its start: asks for each image, and says what came.
import { BadImage, Registry } from '../../src/cli/supply/registry.ts';
import { Unavailable } from '../../src/cli/supply/fetch.ts';

for (const name of process.argv.slice(2)) {
  try {
    const { digest } = await new Registry(`example.com/${name}:1`, { env: process.env }).manifest('amd64');
    console.log(`${name}: ${digest}`);
  } catch (error) {
    if (!(error instanceof BadImage || error instanceof Unavailable)) throw error;
    console.log(`${name}: ${error.message}`);
  }
}
