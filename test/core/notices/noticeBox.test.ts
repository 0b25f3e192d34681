/** What people hear, and what they do not hear again: each happening once, a burst as one message, in virtual time. */
import fc from 'fast-check';
import { boxDetails } from '../../../src/core/notices/boxDetails';
import type { Notice, NoticeBatch, OutageReport, Part } from '../../../src/core/notices/notice';
import {
  apartMs,
  beginMessages,
  believedForMs,
  emptyBox,
  gatherMs,
  messageDone,
  shownAtMost,
  takeNotice,
  takeReport,
  toldForMs,
  useChannels,
  wakeAt,
  type NoticeBox,
} from '../../../src/core/notices/noticeBox';
import { countOf, moreText, titleOf } from '../../../src/core/notices/words';

const start = Date.UTC(2026, 10, 25, 10, 0, 0);
const minute = 60_000;

function notice(ticketId: string, change: Partial<Notice> = {}): Notice {
  return {
    key: `${ticketId}/1/escalate-1`,
    kind: 'escalation',
    ticket: { desk: 'zendesk', account: 'acme', ticketId },
    reason: 'anger',
    since: start,
    what: `Ticket ${ticketId}: nobody has picked it up for 30 minutes; escalated to rung 1.`,
    next: 'Assign it to yourself or answer it.',
    ...change,
  };
}

function failureOf(part: Part, ticketId: string): Notice {
  const what = `Ticket ${ticketId} needs a person: the ${part} failed.`;
  return notice(ticketId, { kind: 'failure', key: `${ticketId}/failure`, what, perhapsOutageOf: [part] });
}

/** Temporal's part in a few lines: time passes, what is due is sent, channels take it or are down. */
class Account {
  now = start;
  box: NoticeBox;
  readonly sent: { readonly channel: string; readonly at: number; readonly batch: NoticeBatch }[] = [];
  readonly down = new Set<string>();

  constructor(...channels: string[]) {
    this.box = useChannels({ ...emptyBox, rules: 3 }, channels);
  }

  tell(told: Notice): void {
    this.box = takeNotice(this.box, told, this.now);
  }

  report(report: Partial<OutageReport>): void {
    const whole: OutageReport = { part: 'desk', state: 'down', why: 'no answer', since: this.now, ...report };
    this.box = takeReport(this.box, whole, this.now);
  }

  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      this.send();
      const at = wakeAt(this.box, this.now);
      if (at === null || at > until) break;
      this.now = Math.max(this.now, at);
    }
    this.now = until;
    this.send();
  }

  private send(): void {
    this.box = beginMessages(this.box, this.now);
    for (const { name, sending } of this.box.channels) {
      if (sending === null || this.down.has(name)) continue;
      this.sent.push({ channel: name, at: this.now, batch: sending });
      this.box = messageDone(this.box, name, null, this.now);
    }
  }

  told(channel = 'slack'): string[] {
    return this.sent
      .filter((message) => message.channel === channel)
      .flatMap(({ batch }) => batch.notices.map(({ what }) => what));
  }
}

describe('one message', () => {
  it('goes out a few seconds after the notice, to every channel', () => {
    const account = new Account('slack', 'email');
    account.tell(notice('1'));
    account.pass(gatherMs - 1);
    expect(account.sent).toHaveLength(0);
    account.pass(1);
    expect(account.sent.map(({ channel }) => channel)).toEqual(['slack', 'email']);
    expect(account.sent[0]?.batch).toMatchObject({ notices: [notice('1')], more: {} });
  });

  it('holds what comes within these seconds', () => {
    const account = new Account('slack');
    account.tell(notice('1'));
    account.pass(gatherMs / 2);
    account.tell(notice('2', { kind: 'failure' }));
    account.pass(gatherMs);
    expect(account.sent).toHaveLength(1);
    expect(titleOf(account.sent[0]?.batch ?? never())).toBe('Deskhand: 1 escalation, 1 failure');
  });

  it('names its ticket in its title when it is about one alone', () => {
    const account = new Account('slack');
    account.tell(notice('35436'));
    account.pass(minute);
    expect(titleOf(account.sent[0]?.batch ?? never())).toBe('Deskhand: escalation, ticket 35436');
  });
});

describe('a burst', () => {
  it('of 500 escalations is one message: thirteen in full, and 487 more', () => {
    const account = new Account('slack');
    for (let id = 1; id <= 500; id += 1) account.tell(notice(String(id)));
    account.pass(10 * minute);
    expect(account.sent).toHaveLength(1);
    const { batch } = account.sent[0] ?? never();
    expect(batch.notices).toHaveLength(shownAtMost);
    expect(moreText(batch.more)).toBe('and 487 more: 487 escalations');
    expect(titleOf(batch)).toBe('Deskhand: 500 escalations');
  });

  it('over ten minutes is ten messages, one a minute, and counts every notice', () => {
    const account = new Account('slack');
    for (let second = 0; second < 600; second += 1) {
      account.tell(notice(String(second)));
      account.pass(1_000);
    }
    account.pass(2 * minute);
    expect(account.sent.length).toBeLessThanOrEqual(11);
    for (const [index, { at }] of account.sent.entries()) {
      const before = account.sent[index - 1];
      if (before !== undefined) expect(at - before.at).toBeGreaterThanOrEqual(apartMs);
    }
    const counted = account.sent.map(({ batch }) => batch.notices.length + countOf(batch.more));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(600);
  });
});

describe('the same happening', () => {
  it('is told once, however often it is told', () => {
    const account = new Account('slack');
    for (let again = 0; again < 20; again += 1) {
      account.tell(notice('1'));
      account.pass(15 * minute);
    }
    expect(account.told()).toHaveLength(1);
  });

  it('is told again when it still happens a day later', () => {
    const account = new Account('slack');
    account.tell(notice('1'));
    account.pass(toldForMs - 1);
    account.tell(notice('1'));
    account.pass(minute);
    expect(account.told()).toHaveLength(1);
    account.tell(notice('1'));
    account.pass(minute);
    expect(account.told()).toHaveLength(2);
  });

  it('of another ticket, or on the next rung, is another one', () => {
    const account = new Account('slack');
    account.tell(notice('1'));
    account.tell(notice('2'));
    account.tell(notice('1', { key: '1/1/escalate-2' }));
    account.pass(minute);
    expect(account.told()).toHaveLength(3);
  });
});

describe('a channel that is down', () => {
  it('delays no other, and gets what came meanwhile as one message', () => {
    const account = new Account('slack', 'email');
    account.down.add('slack');
    for (let id = 1; id <= 40; id += 1) {
      account.tell(notice(String(id)));
      account.pass(2 * minute);
    }
    expect(account.sent.filter(({ channel }) => channel === 'email')).toHaveLength(40);
    expect(account.sent.filter(({ channel }) => channel === 'slack')).toHaveLength(0);
    account.down.clear();
    account.pass(5 * minute);
    const slack = account.sent.filter(({ channel }) => channel === 'slack').map(({ batch }) => batch);
    expect(slack.map(({ notices, more }) => [notices.length, countOf(more)])).toEqual([
      [1, 0],
      [13, 26],
    ]);
  });

  it('is left alone for a minute after it has taken a message at last, and after one was given up', () => {
    for (const why of [null, 'Slack answered 400']) {
      const account = new Account('slack');
      account.down.add('slack');
      account.tell(notice('1'));
      account.pass(10 * minute);
      account.tell(notice('2'));
      account.box = messageDone(account.box, 'slack', why, account.now);
      account.down.clear();
      account.pass(apartMs - 1);
      expect(account.sent).toHaveLength(0);
      account.pass(1);
      expect(account.told()).toEqual([notice('2').what]);
    }
  });

  it('that never comes back loses its message, says so, and goes on with the next', () => {
    const account = new Account('slack');
    account.down.add('slack');
    account.tell(notice('1'));
    account.pass(minute);
    account.box = messageDone(
      account.box,
      'slack',
      'Slack answered 404: its webhook was revoked',
      account.now,
    );
    expect(boxDetails(account.box)).toMatch(
      /slack:\*\* the message of .* reached nobody: Slack answered 404/,
    );
    account.down.clear();
    account.tell(notice('2'));
    account.pass(2 * minute);
    expect(account.told()).toEqual([notice('2').what]);
  });

  describe('that the newest notice does not know, as while workers are deployed anew', () => {
    function withoutSlack(change: Partial<NoticeBox> = {}): Account {
      const account = new Account('slack', 'email');
      account.box = { ...account.box, ...change };
      account.down.add('slack');
      account.tell(notice('1'));
      account.pass(minute);
      account.tell(notice('2'));
      account.box = useChannels(account.box, ['email']);
      account.tell(notice('3'));
      return account;
    }
    const names = ({ box }: Account) => box.channels.map(({ name }) => name);

    it('sends what waits for it, and gets no more', () => {
      const account = withoutSlack();
      expect(names(account)).toEqual(['slack', 'email']);
      account.down.clear();
      account.pass(3 * minute);
      expect(account.told()).toEqual([notice('1').what, notice('2').what]);
      expect(account.told('email')).toEqual(['1', '2', '3'].map((id) => notice(id).what));
      account.box = useChannels(account.box, ['email']);
      expect(names(account)).toEqual(['email']);
    });

    it('is there again with the next notice that knows it, and has lost nothing', () => {
      const account = withoutSlack();
      account.box = useChannels(account.box, ['slack', 'email']);
      account.tell(notice('4'));
      account.down.clear();
      account.pass(3 * minute);
      expect(account.told()).toEqual(['1', '2', '4'].map((id) => notice(id).what));
    });

    it('and has nothing to send is gone at once', () => {
      const account = new Account('slack', 'email');
      account.box = useChannels(account.box, ['email']);
      expect(names(account)).toEqual(['email']);
    });

    it('in a run that began by older rules is done with after the message that is under way', () => {
      const account = withoutSlack({ rules: 2 });
      account.box = messageDone(account.box, 'slack', 'this worker has no channel "slack"', account.now);
      account.box = useChannels(account.box, ['email']);
      expect(names(account)).toEqual(['email']);
    });
  });
});

describe('an outage', () => {
  it('is told once, whoever reports it however often, and its end once', () => {
    const account = new Account('slack');
    for (let worker = 0; worker < 10; worker += 1) {
      account.report({ state: 'refused', why: 'Zendesk answered 401', since: start + worker });
      account.pass(15 * minute);
    }
    for (let worker = 0; worker < 10; worker += 1) account.report({ state: 'works' });
    account.pass(5 * minute);
    expect(account.told()).toEqual([
      'The desk refuses our credentials: Zendesk answered 401.',
      'The desk works again, after 3 hours.',
    ]);
  });

  it('for which 200 tickets wait is one notice, and one more when it is over: for how long, and how many waited', () => {
    const account = new Account('slack');
    // Two workers, of which each has seen some of the same tickets.
    for (const waited of [3, 40, 180, 200, 170]) {
      account.report({ part: 'shop', state: 'down', why: 'Shopify answered 503', waited });
      account.pass(10 * minute);
    }
    account.report({ part: 'shop', state: 'works', waited: 190 });
    account.report({ part: 'shop', state: 'works', waited: 210 });
    account.pass(5 * minute);
    expect(account.told()).toEqual([
      'The shop is down: Shopify answered 503.',
      'The shop works again, after 50 minutes. At least 200 tickets waited for it.',
    ]);
  });

  it('is not told per ticket: those given to people because of it are counted', () => {
    const account = new Account('slack');
    for (let quarter = 0; quarter < 16; quarter += 1) {
      account.report({ state: 'down', why: 'Zendesk could not be asked' });
      account.pass(15 * minute);
    }
    for (let id = 1; id <= 120; id += 1) account.tell(failureOf('desk', String(id)));
    account.pass(minute);
    expect(boxDetails(account.box)).toContain('120 tickets given to people meanwhile');
    account.report({ state: 'works' });
    account.pass(2 * minute);
    expect(account.told()).toHaveLength(2);
    const { batch } = account.sent.at(-1) ?? never();
    expect(batch.notices[0]?.next).toContain('120 tickets were given to people meanwhile');
  });

  it('hides no failure that has another cause', () => {
    const account = new Account('slack');
    account.report({ part: 'shop' });
    account.tell(notice('1', { kind: 'failure', key: 'refused' }));
    account.pass(minute);
    expect(account.told()).toHaveLength(2);
  });

  it('hides no failure of another part, and counts it for none', () => {
    const account = new Account('slack');
    account.report({ part: 'mail', why: 'the server refused the connection' });
    account.tell(failureOf('shop', '1'));
    account.tell(failureOf('classifier', '2'));
    account.tell(failureOf('desk', '3'));
    account.tell(failureOf('mail', '4'));
    account.pass(minute);
    expect(account.told()).toHaveLength(4);
    expect(account.told()).not.toContain(failureOf('mail', '4').what);
    expect(account.box.outages).toMatchObject([{ part: 'mail', tickets: 1 }]);
  });

  it('that nobody speaks of for hours hides nothing any more', () => {
    const account = new Account('slack');
    account.report({ part: 'shop' });
    account.pass(believedForMs - 1);
    account.tell(failureOf('shop', '1'));
    account.pass(minute);
    expect(account.told()).toHaveLength(1);
    account.tell(failureOf('shop', '2'));
    account.pass(minute);
    expect(account.told().at(-1)).toBe(failureOf('shop', '2').what);
    account.report({ part: 'shop', state: 'works' });
    account.pass(2 * minute);
    expect(account.told().at(-1)).toMatch(/^The shop works again, after \d+ (minutes|hours)\.$/);
  });

  it('that comes hours after one whose end was lost is told as one of its own', () => {
    const account = new Account('slack');
    account.report({ part: 'shop' });
    account.tell(failureOf('shop', '1'));
    account.pass(believedForMs);
    account.report({ part: 'shop' });
    account.tell(failureOf('shop', '2'));
    account.pass(2 * minute);
    expect(account.told().filter((what) => what.startsWith('The shop is down'))).toHaveLength(2);
    expect(account.box.outages).toMatchObject([{ part: 'shop', tickets: 1 }]);
  });

  it('does not keep the notices for ever where no worker tells its end', () => {
    const account = new Account('slack');
    account.report({ part: 'shop' });
    account.pass(toldForMs - 1);
    expect(wakeAt(account.box, account.now)).not.toBeNull();
    account.pass(1);
    expect(wakeAt(account.box, account.now)).toBeNull();
  });

  it('is, in a run that began by the older rules, what it was when that began', () => {
    const account = new Account('slack');
    account.box = useChannels(emptyBox, ['slack']);
    account.report({ part: 'shop' });
    account.pass(2 * toldForMs);
    account.tell(notice('1', { kind: 'failure', key: 'old', perhapsOutage: true }));
    account.report({ part: 'shop' });
    account.pass(minute);
    expect(account.told()).toHaveLength(1);
    expect(account.box.outages).toMatchObject([{ part: 'shop', tickets: 1 }]);
  });

  it('of a part that has worked all along has no end to tell', () => {
    const account = new Account('slack');
    account.report({ part: 'classifier', state: 'works' });
    account.pass(minute);
    expect(account.sent).toHaveLength(0);
    expect(wakeAt(account.box, account.now)).toBeNull();
  });

  it('of the shop is another one than that of the desk', () => {
    const account = new Account('slack');
    account.report({ part: 'desk' });
    account.report({ part: 'shop' });
    account.report({ part: 'desk', state: 'works' });
    account.pass(5 * minute);
    expect(account.told()).toHaveLength(3);
    expect(account.box.outages.map(({ part }) => part)).toEqual(['shop']);
  });
});

describe('what is kept', () => {
  it('is nothing, a day after the last notice', () => {
    const account = new Account('slack');
    account.tell(notice('1'));
    account.pass(toldForMs - 1);
    expect(wakeAt(account.box, account.now)).not.toBeNull();
    account.pass(1);
    expect(wakeAt(account.box, account.now)).toBeNull();
  });

  it('is small, however much is told: it must fit into one of Temporal’s payloads', () => {
    const account = new Account('slack', 'email', 'teams');
    account.down.add('slack').add('email').add('teams');
    const long = 'x'.repeat(1_000);
    for (let id = 1; id <= 20_000; id += 1) account.tell(notice(String(id), { what: long, next: long }));
    account.pass(minute);
    for (let id = 1; id <= 3_000; id += 1) account.tell(notice(`b${id}`, { what: long, next: long }));
    expect(Buffer.byteLength(JSON.stringify(account.box))).toBeLessThan(400_000);
  });

  it('is plain JSON: it is the same on the other side of continue-as-new', () => {
    const account = new Account('slack');
    account.down.add('slack');
    account.tell(notice('1'));
    account.report({});
    account.pass(minute);
    account.tell(notice('2'));
    expect(JSON.parse(JSON.stringify(account.box))).toEqual(account.box);
  });
});

it('whatever happens: nothing is told twice or lost, and no channel hears more than one message a minute', () => {
  const happening = fc.oneof(
    fc.record({ type: fc.constant('tell' as const), id: fc.nat(50) }),
    fc.record({ type: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3 * minute }) }),
    fc.record({ type: fc.constant('turn' as const), channel: fc.constantFrom('slack', 'email') }),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80 }), (happenings) => {
      const account = new Account('slack', 'email');
      const told = new Set<number>();
      for (const what of happenings) {
        if (what.type === 'tell') {
          account.tell(notice(String(what.id)));
          told.add(what.id);
        } else if (what.type === 'pass') account.pass(what.ms);
        else if (!account.down.delete(what.channel)) account.down.add(what.channel);
      }
      account.down.clear();
      account.pass(10 * minute);
      for (const name of ['slack', 'email']) {
        const messages = account.sent.filter(({ channel }) => channel === name);
        const full = account.told(name);
        expect(new Set(full).size).toBe(full.length);
        const counted = messages.reduce((sum, { batch }) => sum + countOf(batch.more), full.length);
        expect(counted).toBe(told.size);
        for (const [index, { batch }] of messages.entries()) {
          const before = messages[index - 1];
          if (before !== undefined) expect(batch.at - before.batch.at).toBeGreaterThanOrEqual(apartMs);
        }
        expect(new Set(messages.map(({ batch }) => batch.id)).size).toBe(messages.length);
      }
    }),
    { numRuns: 300, seed: 20261125 },
  );
});

function never(): never {
  throw new Error('nothing was sent');
}
