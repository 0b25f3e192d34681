/**
 * How much of the processor's time this process uses from now on, in milliseconds. For what has to be quick: a machine
 * that is busy with other things makes a test wait, and that is no fault of what is tested. Never more than went by:
 * what threads do beside it, such as collecting garbage, counts in the processor's time, too.
 */
export function processorMs(): () => number {
  const [before, began] = [process.cpuUsage(), performance.now()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min((user + system) / 1_000, performance.now() - began);
  };
}
