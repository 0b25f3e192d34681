// A signal that is sent to npm alone (`kill <npm>`, a supervisor) goes no further than npm's shell: the shell dies, and
// what it started runs on without a parent. So whoever npm started looks whether its parent is still there.
const lookEveryMs = 200;

/** Sends this process the SIGTERM that npm's shell did not pass on. Does nothing when npm did not start it. */
export function endWithNpm() {
  // Started in any other way, it may well outlive its parent: that is how one puts it into the background.
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  let signalled = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      signalled = true;
      // Where nobody else listens, it does what it does without us.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    // Ctrl-C reaches the shell and us alike: a second signal would mean "at once".
    if (!signalled) process.kill(process.pid, 'SIGTERM');
  }, lookEveryMs);
  looking.unref();
}
