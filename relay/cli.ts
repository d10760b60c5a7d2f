import { run } from './run.js';

// Whoever reads may have read enough, as `head` has: that is no failure, and no reason to leave calls alone.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), process.env);
