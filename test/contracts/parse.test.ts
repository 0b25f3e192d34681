/** Signals and updates are typed by hand sometimes: whatever arrives is read, or refused in a sentence. */
import fc from 'fast-check';
import { agentActions } from '../../src/core/events';
import {
  agentMessageLimits,
  deskTaskQueueOf,
  parsePollWorkflowId,
  parseTicketWorkflowId,
  pollWorkflowId,
  ticketWorkflowId,
  viewOf,
} from '../../src/contracts/messages';
import { parseAgentMessage, parseHint } from '../../src/contracts/parse';
import { isOneLine, isShownAsWritten } from '../../src/contracts/shownText';
import { ticketIdMistake } from '../../src/helpdesk/deskKinds';
import { newTicketState } from '../../src/core/newTicketState';
import { actionBody } from '../../src/server/schemas';
import { anyCharacter } from '../support/anyCharacter';

const hint = { id: 'event-1', source: 'webhook', kind: 'changed', commentId: '9001' };

describe('a hint', () => {
  it('is read as it was sent', () => {
    expect(parseHint(hint, 'x')).toEqual({ ok: true, value: hint });
  });

  it.each([undefined, null, {}])(
    'may say nothing at all: %j means that somebody wants the ticket looked at',
    (value) => {
      expect(parseHint(value, 'fallback')).toEqual({
        ok: true,
        value: { id: 'fallback', source: 'agent', kind: 'changed', commentId: null },
      });
    },
  );

  it.each([
    ['a text', 'expected an object'],
    [7, 'expected an object'],
    [[hint], 'expected an object'],
    [{ ...hint, id: '' }, 'id must be'],
    [{ ...hint, id: 'x'.repeat(201) }, 'id must be'],
    [{ ...hint, source: 'elsewhere' }, 'source must be one of webhook, poll'],
    [{ ...hint, kind: 'deleted' }, 'kind must be'],
    [{ ...hint, commentId: 9001 }, 'commentId must be'],
  ])('is refused, with what is wrong: %j', (value, why) => {
    expect(parseHint(value, 'x')).toEqual({ ok: false, why: expect.stringContaining(why) as string });
  });
});

describe("an agent's message", () => {
  it('needs only who acts', () => {
    expect(parseAgentMessage('take-over', { by: 'maria' }, 'x')).toEqual({
      ok: true,
      value: { id: 'x', action: 'take-over', by: 'maria', reason: null, draftId: null },
    });
  });

  it('carries reason, draft and id', () => {
    const message = { by: 'maria', reason: 'wrong tone', draftId: '1/2/draft', id: 'mine' };
    expect(parseAgentMessage('reject', message, 'x')).toEqual({
      ok: true,
      value: { action: 'reject', ...message },
    });
  });

  it.each([
    [undefined, 'expected an object'],
    [{}, 'by must name who acts'],
    [{ by: '   ' }, 'by must name who acts'],
    [{ by: 'x'.repeat(agentMessageLimits.by + 1) }, `1 to ${agentMessageLimits.by} characters`],
    [{ by: 'maria', reason: '' }, 'reason must be'],
    [
      { by: 'maria', reason: 'x'.repeat(agentMessageLimits.reason + 1) },
      `1 to ${agentMessageLimits.reason} characters`,
    ],
    [{ by: 'maria', draftId: 7 }, 'draftId must be'],
    [{ by: 'maria', id: {} }, 'id must be'],
  ])('is refused, with what is wrong: %j', (value, why) => {
    expect(parseAgentMessage('approve', value, 'x')).toEqual({
      ok: false,
      why: expect.stringContaining(why) as string,
    });
  });
});

describe('an action is the same by signal and by the API', () => {
  const longest = {
    action: 'reject',
    by: 'b'.repeat(agentMessageLimits.by),
    reason: 'r'.repeat(agentMessageLimits.reason),
    draftId: 'd'.repeat(agentMessageLimits.draftId),
  } as const;

  const bySignal = (body: Record<string, unknown>): boolean => parseAgentMessage('reject', body, 'x').ok;
  const byApi = (body: Record<string, unknown>): boolean => actionBody.safeParse(body).success;

  it('the longest texts are taken by both', () => {
    expect([bySignal(longest), byApi(longest)]).toEqual([true, true]);
  });

  it.each(['by', 'reason', 'draftId'] as const)('a longer or a blank %s by neither', (field) => {
    for (const value of [`${longest[field]}x`, '', ' ', '\u2003\t\n', '\ufeff', 7, null, {}]) {
      // To a signal, null is what was left out: people type it so.
      if (value === null && field !== 'by') continue;
      const body = { ...longest, [field]: value };
      expect({ value, taken: [bySignal(body), byApi(body)] }).toEqual({ value, taken: [false, false] });
    }
  });

  it('whatever the texts are, both say the same; what a signal is cleaned of, the API refuses', () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom(' ', '\u00a0', '\u200b', '\u2028'),
    );
    fc.assert(
      fc.property(text, text, text, (by, reason, draftId) => {
        const body = { action: 'reject', by, reason, draftId };
        expect(byApi(body)).toBe(bySignal(body) && isOneLine(by) && isShownAsWritten(reason));
      }),
    );
  });
});

describe('the ids of tickets', () => {
  it.each(['1', '35436', '9'.repeat(20)])('%s may be a Zendesk ticket', (id) => {
    expect(ticketIdMistake('zendesk', id)).toBeNull();
  });

  it.each(['', '0', '001', '-1', 'abc', '1.0', ' 1', '1\n', '9'.repeat(21), '9'.repeat(64), '１'])(
    '%j may not, and what may is said',
    (id) => {
      expect(ticketIdMistake('zendesk', id)).toMatch(/1 to 20 digits, the first not 0/);
    },
  );

  it('of another desk may hold letters, but nothing that would break a workflow id', () => {
    expect(ticketIdMistake('kayako', 'conv_8-A')).toBeNull();
    for (const id of ['a:b', '', 'a/b', 'x'.repeat(65)]) expect(ticketIdMistake('kayako', id)).toMatch(/64/);
  });

  it('no two spellings of one number are two tickets', () => {
    fc.assert(
      fc.property(fc.nat(), fc.stringMatching(/^0{1,5}$/), (number, zeros) => {
        expect(ticketIdMistake('zendesk', `${zeros}${number}`)).not.toBeNull();
      }),
    );
  });
});

it('anything at all is read or refused, never an exception: that would stop the ticket', () => {
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...agentActions), (value, action) => {
      const results = [parseHint(value, 'x'), parseAgentMessage(action, value, 'x')];
      for (const result of results) expect(result.ok || result.why.length > 0).toBe(true);
    }),
  );
});

describe('workflow ids', () => {
  const ref = { desk: 'zendesk', account: 'acme', ticketId: '35436' };

  it('name desk, account and ticket, and can be read back', () => {
    expect(ticketWorkflowId(ref)).toBe('ticket:zendesk:acme:35436');
    expect(parseTicketWorkflowId('ticket:zendesk:acme:35436')).toEqual(ref);
    expect(pollWorkflowId('zendesk', 'acme')).toBe('poll:zendesk:acme');
  });

  it('of a poll tell whose desk is looked at, and no other id does', () => {
    expect(parsePollWorkflowId('poll:zendesk:acme')).toEqual({ desk: 'zendesk', account: 'acme' });
    for (const id of [
      'poll:zendesk',
      'poll:zendesk:',
      'poll::acme',
      'poll:zendesk:acme:1',
      'modes:a:b',
      '',
    ]) {
      expect(parsePollWorkflowId(id)).toBeNull();
    }
  });

  it('every account has a task queue of its own, however alike the names', () => {
    const account = fc.record({
      desk: fc.constantFrom('zendesk', 'freshdesk'),
      account: fc.stringMatching(/^[a-z0-9.-]{1,8}$/),
    });
    fc.assert(
      fc.property(account, account, (one, other) => {
        const isSame = one.desk === other.desk && one.account === other.account;
        expect(deskTaskQueueOf(one) === deskTaskQueueOf(other)).toBe(isSame);
      }),
    );
    expect(deskTaskQueueOf(ref)).toBe('deskhand-desk:zendesk:acme');
  });

  it.each(['poll:zendesk:acme', 'ticket:zendesk:acme', 'ticket:zendesk:acme:1:2', 'ticket::acme:1', ''])(
    '%s is no ticket',
    (id) => {
      expect(parseTicketWorkflowId(id)).toBeNull();
    },
  );
});

it('the view of a ticket that has done nothing yet is empty, not broken', () => {
  const view = viewOf(newTicketState({ desk: 'zendesk', account: 'acme', ticketId: '1' }), 0);
  expect(view).toMatchObject({
    stage: 'answering',
    intent: null,
    rule: null,
    turns: 0,
    nextDeadline: null,
    timeline: [],
  });
});
