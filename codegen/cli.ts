/** The program `ari-codegen`. */
import { run } from './cli/run.js';

// Whoever reads has what they wanted (`| head`): there is nobody to write to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void run(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  interactive: process.stderr.isTTY,
}).then((code) => {
  // not process.exit(): what is still to be written to a pipe would be lost
  process.exitCode = code;
});
