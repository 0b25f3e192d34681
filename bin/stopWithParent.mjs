// Loaded by every child of `deskhand up`: when the parent is gone, however it ended, the child ends too.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening must not keep the process alive.
process.channel?.unref();
