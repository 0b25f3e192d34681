/** A process that chooses a port, says which, and listens nowhere. */
import { choosePort } from '../../../src/temporal/provision/ports';

const said = (line: string): void => void process.stderr.write(`${line}\n`);
void choosePort(Number(process.argv[2]), 'the API', said).then((port) => {
  process.stdout.write(`${port}\n`);
  setInterval(() => undefined, 1_000);
});
