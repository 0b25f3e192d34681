/** One queue of several accounts: what is done for a ticket is its account's own, and nobody else's stands in. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { activitiesByAccount } from '../../activities/byAccount';
import { quietTemporal } from '../support/quietTemporal';

quietTemporal();

const own = (account: string) => ({
  consultPolicy: (said: string) => Promise.resolve(`${account}: ${said}`),
});
const served = new Map([
  ['zendesk/acme', own('acme')],
  ['zendesk/bravo', own('bravo')],
]);
const activities = activitiesByAccount(['consultPolicy'], (account) => served.get(account));

function ofWorkflow(workflowId: string, attempt = 1, of = activities): Promise<unknown> {
  const environment = new MockActivityEnvironment({
    workflowExecution: { workflowId, runId: 'run' },
    attempt,
  });
  return environment.run(async (said: string): Promise<unknown> => {
    const { consultPolicy } = of;
    if (consultPolicy === undefined) throw new Error('there is no such activity');
    const answer: unknown = await Reflect.apply(consultPolicy, undefined, [said]);
    return answer;
  }, 'where is it');
}

test.each([
  ['ticket:zendesk:acme:1', 'acme: where is it'],
  ['ticket:zendesk:bravo:1', 'bravo: where is it'],
  ['notices:zendesk:bravo', 'bravo: where is it'],
])('%s is answered by %s', async (workflowId, answer) => {
  expect(await ofWorkflow(workflowId)).toBe(answer);
});

test.each(['ticket:freshdesk:acme:1', 'ticket:zendesk:charlie:1', 'anything', ''])(
  'of %j nobody here is: another worker may be',
  async (workflowId) => {
    await expect(ofWorkflow(workflowId, 3)).rejects.toMatchObject({
      type: 'unavailable',
      nonRetryable: false,
      details: [3],
      message: expect.stringMatching(/^this worker does not serve .* \(yet\)/) as string,
    });
  },
);

test('where an earlier attempt may have written, it is waited for as long as on any desk', async () => {
  const atDesk = activitiesByAccount(['consultPolicy'], () => undefined, 30_000);
  const failure = (attempt: number): Promise<unknown> =>
    ofWorkflow('ticket:zendesk:charlie:1', attempt, atDesk).catch((error: unknown) => error);
  expect(await failure(1)).toMatchObject({ type: 'unavailable', nextRetryDelay: undefined });
  expect(await failure(2)).toMatchObject({ type: 'unavailable', nextRetryDelay: 30_000 });
});

test('one that comes later is served from then on', async () => {
  served.set('gorgias/delta', own('delta'));
  expect(await ofWorkflow('ticket:gorgias:delta:1')).toBe('delta: where is it');
});
