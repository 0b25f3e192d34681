/** How a command ends badly: what is wrong, and how to mend it. */
import { CommandError, explainFailure } from '../../src/cli/failure';
import { readSettings } from '../../src/config/settings';

function failureOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

it('a failure with a message for people is that message', async () => {
  expect(await explainFailure(new CommandError('Stop it there.'))).toBe('Stop it there.');
});

it('every wrong setting has its line, and where all are described is said', async () => {
  const error = failureOf(() => readSettings({ DESKHAND_PORT: 'x', DESKHAND_POLL_SECONDS: '-1' }));
  const lines = (await explainFailure(error)).split('\n');
  expect(lines[0]).toBe('Some settings are wrong:');
  expect(lines.filter((line) => line.startsWith('  - '))).toHaveLength(2);
  expect(lines.at(-1)).toContain('docs/settings.md');
});

it('what is no error at all is still told', async () => {
  expect(await explainFailure('gone')).toBe('gone');
});
