import os from 'node:os';

/** Named with every figure: absolute times say more about it than about the code. */
export function machineLine(): string {
  const cpus = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus[0]?.model ?? 'unknown processor'}, ${cpus.length} cores, ${gigabytes} GiB, Node ${process.version}, ${os.type()}`;
}
