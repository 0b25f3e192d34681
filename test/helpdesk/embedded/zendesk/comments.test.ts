/** What becomes of the words of a comment: three bodies, placeholders, markup, length, audience. */
import fc from 'fast-check';
import { bodiesOfHtml, bodiesOfText } from '../../../../src/helpdesk/embedded/zendesk/tickets/commentText';
import { agents, auditIn, matching, roomyLimits, TestDesk, ticketIn } from './harness';
import { processorMs } from '../../../support/processorMs';

let desk: TestDesk;
beforeAll(async () => {
  desk = await TestDesk.start({ limits: roomyLimits });
});
afterAll(() => desk.stop());

const newest = async (id: string) => (await desk.comments(id)).at(-1);

describe('a comment', () => {
  it('has the same id in the audit and in the list, and brings back the key that was sent', async () => {
    const id = await desk.newTicket();
    const answer = await desk.put(id, {
      comment: { body: 'Hello', public: true },
      metadata: { deskhand: 'key-1' },
    });
    const audit = auditIn(answer);
    const event = audit.events.find(({ type }) => type === 'Comment');
    expect(await newest(id)).toMatchObject({
      id: event?.id,
      audit_id: audit.id,
      public: true,
      body: 'Hello',
    });
    expect(audit.metadata.custom).toEqual({ deskhand: 'key-1' });
    expect((await newest(id))?.metadata.custom).toEqual({ deskhand: 'key-1' });
  });

  it.each([
    ['flat', { key: 'v' }, { key: 'v' }],
    ['nested', { custom: { key: 'v' } }, { key: 'v' }],
    ['both ways', { custom: { key: 'v' }, more: 1 }, { more: 1, key: 'v' }],
    ['as a text in custom', { custom: 'v' }, { custom: 'v' }],
  ])('keeps metadata given %s', async (_how, metadata, custom) => {
    const answer = await desk.put(await desk.newTicket(), { comment: { body: 'x' }, metadata });
    expect(auditIn(answer).metadata.custom).toEqual(custom);
  });

  it('is as public as the ticket is when nothing is said', async () => {
    const open = await desk.newTicket();
    await desk.put(open, { comment: { body: 'said nothing' } });
    expect((await newest(open))?.public).toBe(true);
    const hidden = String(
      ticketIn(
        await desk.call('POST', '/api/v2/tickets', {
          ticket: { subject: 's', comment: { body: 'note', public: false } },
        }),
      ).id,
    );
    await desk.put(hidden, { comment: { body: 'said nothing' } });
    expect((await newest(hidden))?.public).toBe(false);
    expect((await desk.ticket(hidden)).is_public).toBe(false);
    await desk.put(hidden, { comment: { body: 'Hello', public: true } });
    expect((await desk.ticket(hidden)).is_public).toBe(true);
  });

  it('of a machine carries flag 4, of an unknown sender flag 0, with what they mean for trust', async () => {
    const id = await desk.newTicket('Out of office', { flags: [4, 0], channel: 'email' });
    expect((await desk.get(`/api/v2/tickets/${id}/comments`)).body).toMatchObject({
      comments: [
        {
          via: { channel: 'email' },
          metadata: { flags: [4, 0], flags_options: { '4': { trusted: true }, '0': { trusted: false } } },
        },
      ],
    });
    const [audit] = await desk.audits(id);
    expect(audit?.metadata.flags).toEqual([4, 0]);
  });

  it('may be an attachment alone', async () => {
    const id = await desk.newTicket();
    const attachments = [{ file_name: 'my photo.jpg', content_type: 'image/jpeg', size: 9 }];
    await desk.customerWrites(id, { attachments });
    const shown = {
      file_name: 'my photo.jpg',
      size: 9,
      content_url: matching(/\/attachments\/\d+\/\?name=my%20photo\.jpg$/),
      thumbnails: [],
    };
    expect((await desk.get(`/api/v2/tickets/${id}/comments`)).body).toMatchObject({
      comments: [{}, { body: '', attachments: [shown] }],
    });
  });

  it('of somebody copied is theirs', async () => {
    const id = await desk.newTicket('A test', { email: agents.tomas });
    await desk.customerWrites(id, { body: 'I am copied', email: 'third@example.com', name: 'Third' });
    const answer = await desk.get(`/api/v2/tickets/${id}/comments?include=users`);
    expect(answer.body).toMatchObject({
      users: [{ role: 'agent' }, { role: 'end-user', email: 'third@example.com', name: 'Third' }],
    });
  });
});

describe('placeholders', () => {
  it.each([
    ['{{ticket.id}}', (id: string) => id],
    ['{{ticket.title}}', () => 'My order'],
    ['{{ticket.description}}', () => 'I typed {{ticket.id}}'],
    ['{{ticket.status}}', () => 'pending'],
    ['{{ticket.priority}}', () => 'high'],
    ['{{ticket.tags}}', () => 'a b'],
    ['{{ticket.external_id}}', () => 'shop-7'],
    ['{{ticket.requester.name}}', () => 'Ann Marie Lee'],
    ['{{ticket.requester.first_name}}', () => 'Ann'],
    ['{{ticket.requester.last_name}}', () => 'Marie Lee'],
    ['{{ticket.requester.email}}', () => 'ann.marie@example.com'],
    ['{{ticket.assignee.name}}', () => 'Nora Lind'],
    ['{{ticket.group.name}}', () => 'Support'],
    ['{{current_user.name}}', () => 'Deskhand'],
    ['{{ticket.latest_comment}}', () => 'I typed {{ticket.id}}'],
    ['[{{no.such.thing}}]', () => '[]'],
    ['{{ticket.requester.name | upcase}}', () => 'ANN MARIE LEE'],
    ['{% if ticket.priority == "high" %}now{% else %}later{% endif %}', () => 'now'],
    ['{{ broken', () => '{{ broken'],
    ['{% include "/etc/passwd" %}', () => '{% include "/etc/passwd" %}'],
  ])('%s', async (body, expected) => {
    const id = await desk.newTicket('I typed {{ticket.id}}', {
      name: 'Ann Marie Lee',
      email: 'ann.marie@example.com',
    });
    await desk.put(id, {
      comment: { body },
      status: 'pending',
      priority: 'high',
      tags: ['a', 'b'],
      external_id: 'shop-7',
      assignee_email: agents.nora,
    });
    expect((await newest(id))?.body).toBe(expected(id));
  });

  it('are left alone where a customer typed them, and where an agent escaped them', async () => {
    const id = await desk.newTicket('I typed {{ticket.id}}');
    await desk.put(id, { comment: { html_body: '<p>You typed &#123;&#123;ticket.id&#125;&#125;</p>' } });
    expect((await desk.comments(id)).map(({ body }) => body)).toEqual([
      'I typed {{ticket.id}}',
      'You typed {{ticket.id}}',
    ]);
  });

  it('stand for a requester who is made by the same request', async () => {
    const made = await desk.call('POST', '/api/v2/tickets', {
      ticket: {
        comment: { body: 'Dear {{ticket.requester.name}}' },
        requester: { name: 'Di Eck', email: 'di@example.com' },
      },
    });
    expect(ticketIn(made).description).toBe('Dear Di Eck');
  });

  it('are escaped in HTML: a name is a name', async () => {
    const id = await desk.newTicket('x', { name: '<b onclick="x()">Bo</b>', email: 'bold@example.com' });
    await desk.put(id, { comment: { html_body: '<p>Dear {{ticket.requester.name}}</p>' } });
    const comment = await newest(id);
    expect(comment?.plain_body).toBe('Dear <b onclick="x()">Bo</b>');
    expect(comment?.html_body).not.toContain('<b');
  });

  it('with endless loops are given up and shown as they were typed', async () => {
    const id = await desk.newTicket();
    const body = '{% for a in (1..100000000) %}{% for b in (1..100000000) %}x{% endfor %}{% endfor %}';
    const used = processorMs();
    await desk.put(id, { comment: { body } });
    expect(used()).toBeLessThan(3_000);
    expect((await newest(id))?.body).toBe(body);
  });
});

describe('text', () => {
  it.each([
    ['runs of blanks', 'a   b\t c', 'a b c'],
    ['runs of empty lines', 'a\n\n\n\nb', 'a\n\nb'],
    ['Windows line ends', 'a\r\nb\rc', 'a\nb\nc'],
    ['tags', 'a <b>c</b><br/>', 'a c'],
    ['blanks at both ends', '  a  ', 'a'],
    ['signs that are no tags', '1 < 2 && 3 > 2', '1 < 2 && 3 > 2'],
  ])('of an agent loses %s or keeps what is none', (_what, text, expected) => {
    expect(bodiesOfText(text, 'agent', {}).body).toBe(expected);
  });

  it('of a customer is kept to the letter', () => {
    const text = '  a   <b>c</b>\n\n\n\n{{ticket.id}}';
    expect(bodiesOfText(text, 'customer', {})).toMatchObject({ body: text, plain_body: text });
  });

  it('becomes paragraphs in which nothing is markup', () => {
    const { html_body } = bodiesOfText('<script>alert("1")</script>\n& more\n\nlast', 'customer', {});
    expect(html_body).toBe(
      '<div class="zd-comment" dir="auto"><p dir="auto">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;<br>&amp; more</p><p dir="auto">last</p></div>',
    );
  });
});

describe('HTML', () => {
  it.each([
    ['scripts', '<p>a</p><script>alert(1)</script>', 'a'],
    ['handlers', '<p onclick="x()">a</p>', 'a'],
    ['styles', '<style>p{}</style><p style="color:red">a</p>', 'a'],
    ['frames', '<iframe src="https://evil.example"></iframe>a', 'a'],
    ['images', '<img src=x onerror="x()">a', 'a'],
    ['script addresses', '<a href="javascript:x()">a</a>', 'a'],
  ])('loses %s', (_what, html, plain) => {
    const bodies = bodiesOfHtml(html, 'customer', {});
    expect(bodies.plain_body).toBe(plain);
    expect(bodies.html_body).not.toMatch(/script|onclick|onerror|style=|iframe|<img/);
  });

  it.each([
    ['<p>One<br>two &amp; three</p><p>four</p>', 'One\ntwo & three\n\nfour'],
    ['<ul><li>a</li><li>b</li></ul>', ' * a\n * b'],
    ['<a href="https://shop.example/1">your order</a>', 'your order'],
    ['<div>a</div><div>b</div>', 'a\nb'],
  ])('%s has its text as plain_body', (html, plain) => {
    expect(bodiesOfHtml(html, 'agent', {}).plain_body.trimEnd()).toBe(plain);
  });
});

describe('HTML nested beyond reason', () => {
  const nested = (levels: number) =>
    `${'<div>'.repeat(levels)}<p>deep</p>${'</div>'.repeat(levels)}<p>last</p>`;

  it.each([
    ['closed', nested(5_000)],
    ['left open', '<div>'.repeat(13_000)],
    ['of words', '<b>x'.repeat(16_000)],
    ['of quotations', '<blockquote>x<br>'.repeat(3_800)],
  ])('%s is taken from a customer and from an agent, in good time', async (_what, html) => {
    const used = processorMs();
    const id = await desk.newTicket('First', { html: `<p>first</p>${html}` });
    const answer = await desk.put(id, { comment: { html_body: `<p>first</p>${html}`, public: true } });
    expect(answer.status).toBe(200);
    expect(used()).toBeLessThan(5_000);
    for (const { plain_body } of await desk.comments(id)) expect(plain_body).toMatch(/^first/);
  });

  it('keeps its words, in the text and in what is shown', () => {
    const { plain_body, html_body } = bodiesOfHtml(`<p>first</p>${nested(5_000)}`, 'customer', {});
    expect(plain_body.split(/\s+/)).toEqual(['first', 'deep', 'last']);
    expect(html_body).toContain('deep');
    expect(html_body.length).toBeLessThan(10_000);
  });

  it('hides no script: what lies below the limit is cleaned like the rest', () => {
    const html = `${'<div>'.repeat(200)}<<x>script>alert(1)</script><b onclick="x()">b</b><img src=x onerror="x()">`;
    expect(bodiesOfHtml(html, 'customer', {}).html_body).not.toMatch(/<script|onclick=|<img/);
  });
});

describe('length', () => {
  const limit = 65_536;
  it('is cut at 64 kB without a word, between characters', async () => {
    const id = await desk.newTicket('ä'.repeat(40_000));
    await desk.put(id, { comment: { body: `x${'ä'.repeat(40_000)}` } });
    const [first, second] = await desk.comments(id);
    expect(Buffer.byteLength(first?.body ?? '')).toBe(limit);
    expect(Buffer.byteLength(second?.body ?? '')).toBe(limit - 1);
    expect(second?.body.endsWith('ä')).toBe(true);
  });

  it('keeps the longest beginning that fits, of whatever characters', () => {
    const characters = fc.constantFrom('a', 'é', '漢', '🙂', '\u200b');
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 8 }), characters, (start, filling) => {
        const text = start.join('') + filling.repeat(70_000);
        const { body } = bodiesOfText(text, 'customer', {});
        const bytes = Buffer.byteLength(body);
        expect(text.startsWith(body)).toBe(true);
        expect(bytes).toBeLessThanOrEqual(limit);
        expect(bytes).toBeGreaterThan(limit - Buffer.byteLength(filling));
      }),
      { numRuns: 25 },
    );
  });

  it('up to the limit is not touched', () => {
    const text = '漢'.repeat(21_845);
    expect(bodiesOfText(text, 'customer', {}).body).toBe(text);
  });
});
