/** Every note of a hand-off ends with what to do next, whoever wrote it, and with the way to the whole story. */
import { handOffNote } from '../../../src/core/people/handOffNote';
import { defaultSettings, handOffReasons, type PlannedAction } from '../../../src/core/policy/plan';
import { parseTicketWorkflowId } from '../../../src/contracts/messages';
import { Engine, fail, note, planOf, reply } from '../support/engine';

const ref = { desk: 'zendesk', account: 'acme', ticketId: '35436' };
const handOff: PlannedAction = { type: 'hand-off', reason: 'anger', group: null };
const workflowsUrl = 'https://temporal.example/namespaces/default/workflows';

function lastNote(engine: Engine): string {
  return engine.desk.notes().at(-1)?.text ?? '';
}

it.each(handOffReasons)('a hand-off for "%s" has one next step, a sentence', (reason) => {
  const lines = handOffNote('Deskhand leaves this to a person.', reason, { ref, settings: defaultSettings });
  expect(lines.split('\n')).toEqual([
    'Deskhand leaves this to a person.',
    expect.stringMatching(/^Next: [A-Z].{15,100}\.$/),
  ]);
});

it('no two reasons have the same next step', () => {
  const steps = handOffReasons.map((reason) => handOffNote('', reason, { ref, settings: defaultSettings }));
  expect(new Set(steps).size).toBe(handOffReasons.length);
});

it('links to the workflow of this very ticket, where it is known where workflows are read', () => {
  const text = handOffNote('Hm.', 'policy', { ref, settings: { ...defaultSettings, workflowsUrl } });
  const [, id = ''] = new RegExp(`: ${workflowsUrl}/(\\S+)$`).exec(text) ?? [];
  expect(parseTicketWorkflowId(decodeURIComponent(id))).toEqual(ref);
});

it('stands once in a note of the policy, after what was done to orders', () => {
  const deed: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };
  const engine = new Engine({ plan: () => planOf([reply, note, deed, handOff]) });
  engine.customerAsks('Cancel it, you crooks!');
  const text = lastNote(engine);
  expect(text.match(/Next: /g)).toHaveLength(1);
  expect(text.indexOf('Done: cancel order 48213')).toBeLessThan(text.indexOf('Next: Answer soon'));
  expect(text.indexOf('Done: cancel order 48213')).toBeGreaterThan(0);
});

it('stands in a note of the engine, too', () => {
  const engine = new Engine({
    before: (step) => (step.type === 'classify-message' ? fail('rejected') : undefined),
  });
  engine.customerAsks('Where is my order?');
  expect(lastNote(engine)).toMatch(
    /^Deskhand could not finish its answer\..*\nNext: Answer the customer yourself/s,
  );
});

it('an answer’s note has none', () => {
  const engine = new Engine({});
  engine.customerAsks('Where is my order?');
  expect(lastNote(engine)).not.toContain('Next: ');
});
