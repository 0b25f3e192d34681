/**
 * How much of the processor's time this process uses from now on, in milliseconds. For what has to be quick: a machine
 * that is busy with other things makes a test wait, and that is no fault of what is tested.
 */
export function processorMs(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
}
