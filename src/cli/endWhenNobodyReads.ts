/**
 * Who reads our output has gone: `deskhand ticket list | head -1`. That is an end, not a failure: a command ends without
 * a stack trace, and what runs for long stops in order.
 */
export function endWhenNobodyReads(): void {
  let ending = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      // What is still said while it stops comes to the same pipe; a second signal would mean "at once".
      if (!ending) process.kill(process.pid, 'SIGTERM');
      ending = true;
    });
  }
}
