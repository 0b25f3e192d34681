/** What a log line may hold, checked on the bytes a process really writes. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const repository = path.resolve(__dirname, '../..');

function logged(script: string): Record<string, unknown>[] {
  const source = `const { createLogger } = require('./src/log/logger.ts'); ${script}`;
  const { stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=commonjs', '-e', source],
    {
      cwd: repository,
      encoding: 'utf8',
    },
  );
  expect(stdout).toBe('');
  return stderr
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('lines are JSON on standard error, so that standard output stays free', () => {
  const lines = logged(
    "createLogger('worker', 'info').warn('the desk is slow', { desk: 'zendesk', ms: 900 });",
  );
  expect(lines).toEqual([
    expect.objectContaining({ name: 'worker', msg: 'the desk is slow', desk: 'zendesk', ms: 900 }),
  ]);
});

it('only what the level asks for is written', () => {
  const lines = logged(
    "const log = createLogger('x', 'warn'); log.debug('d'); log.info('i'); log.warn('w'); log.error('e');",
  );
  expect(lines.map((line) => line['msg'])).toEqual(['w', 'e']);
});
