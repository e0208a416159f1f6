// The fake `az` and `azd`: hands its arguments to the stand-in and prints what that answers.
// Arguments: the stand-in's URL, the program's name, the program's own arguments.
import { request } from 'node:http';

const [url, ...argv] = process.argv.slice(2);
const call = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
  const chunks = [];
  response.on('data', (chunk) => chunks.push(chunk));
  response.on('end', () => {
    const { stdout, stderr, code } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    process.exitCode = code;
  });
});
call.end(JSON.stringify(argv));
