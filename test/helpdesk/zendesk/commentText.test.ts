import fc from 'fast-check';
import type { OutgoingComment } from '../../../src/core/ticket/update';
import { RemoteFailure } from '../../../src/remote/failures';
import { incomingText, longestCommentBytes, outgoingHtml } from '../../../src/helpdesk/zendesk/commentText';
import { escapeHtml } from '../../../src/helpdesk/comments/commentHtml';
import type { ZendeskComment } from '../../../src/helpdesk/zendesk/schemas';
import { processorMs } from '../../support/processorMs';

function comment(bodies: Partial<ZendeskComment>): ZendeskComment {
  return {
    id: '1',
    author_id: '2',
    public: true,
    created_at: '2026-11-25T12:00:00Z',
    via: { channel: 'email' },
    ...bodies,
  };
}

const reply = (text: string, html: string | null = null): OutgoingComment => ({ public: true, text, html });
const note = (text: string, html: string | null = null): OutgoingComment => ({ public: false, text, html });

describe('what the author wrote', () => {
  test('is the plain body where there is one', () => {
    const bodies = { plain_body: 'Where is it?', body: '**Where** is it?', html_body: '<p>Where is it?</p>' };
    expect(incomingText(comment(bodies))).toBe('Where is it?');
  });

  test.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['blank', ' \n'],
  ])('is the body when the plain one is %s', (_what, plain) => {
    const bodies = plain === undefined ? {} : { plain_body: plain };
    expect(incomingText(comment({ ...bodies, body: 'Where is it?' }))).toBe('Where is it?');
  });

  test('is the text of the HTML when there is nothing else: lines kept, quotations marked, scripts gone', () => {
    const html =
      '<div><p>Hi,<br>where is <b>#48213</b>?</p><script>alert(1)</script><img src="https://t.example/p.gif">' +
      '<p>See <a href="https://shop.example/o/1">my order</a> &amp; &lt;tell me&gt;</p>' +
      '<blockquote>We shipped it.<br>Bye</blockquote></div>';
    expect(incomingText(comment({ html_body: html }))).toBe(
      'Hi,\nwhere is #48213?\n\nSee my order [https://shop.example/o/1] & <tell me>\n\n> We shipped it.\n> Bye',
    );
  });

  test('of a call is what was taken down, whatever its description says and in which language', () => {
    const call = { type: 'VoiceComment', body: 'Anruf von: +45 12 34 48 21\nLänge: 35 s' };
    const data = { transcription_text: 'Where is my order?', recording_url: null };
    expect(incomingText(comment({ ...call, data }))).toBe('Where is my order?');
    expect(incomingText(comment({ ...call, data: { ...data, transcription_text: null } }))).toBe('');
    // Without the data there is only the description, which is read as words are.
    expect(incomingText(comment(call))).toBe(call.body);
  });

  test('is nothing when there is nothing', () => {
    expect(incomingText(comment({}))).toBe('');
    expect(incomingText(comment({ body: '', html_body: '' }))).toBe('');
  });

  test.each([101, 1_000, 20_000, 90_000])('is read whole from HTML nested %i deep', (levels) => {
    const deep = '<div>'.repeat(levels) + '<b>de</b>ep<p>words</p>' + '</div>'.repeat(levels);
    const text = incomingText(comment({ html_body: `<p>first</p>${deep}<p>last</p>` }));
    expect(text.split(/\s+/)).toEqual(['first', 'deep', 'words', 'last']);
  });

  test('is read from tables in tables, as newsletters nest them', () => {
    const html = '<table><tr><td>'.repeat(150) + 'Where is #48213?' + '</td></tr></table>'.repeat(150);
    expect(incomingText(comment({ html_body: html })).trim()).toBe('Where is #48213?');
  });

  test.each([
    ['unclosed blocks', '<div>x'],
    ['unclosed words', '<b>x'],
    ['unclosed links', '<a href="https://shop.example">x'],
    ['nested quotations', '<blockquote>x<br>'],
    ['nested lists', '<ul><li>x'],
    ['nested tables', '<table><tr><td>x'],
    ['tags that never end', '<a '],
    ['brackets', '<'],
    ['entities', '&amp'],
    ['closing tags', '</p>'],
    ['scripts that close themselves', '<script/>'],
  ])('takes seconds at most where a megabyte of %s wants minutes', (_what, part) => {
    const html = part.repeat(Math.ceil(1_000_000 / part.length));
    const used = processorMs();
    const text = incomingText(comment({ html_body: html }));
    expect(used()).toBeLessThan(10_000);
    expect(text.length).toBeLessThan(20_000_000);
  });

  test('stops at a million characters of HTML, and says nothing of it on the console', () => {
    const warned = jest.spyOn(console, 'warn');
    const text = incomingText(comment({ html_body: `first ${'<p>word</p>'.repeat(200_000)}` }));
    expect(text.startsWith('first')).toBe(true);
    expect(text.length).toBeLessThan(1_000_000);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});

describe('the HTML of a reply', () => {
  test('escapes everything and keeps lines and paragraphs', () => {
    expect(outgoingHtml(reply('Hi <Ana> & "co",\r\nit\'s here.\n\n\nBye'))).toBe(
      '<p>Hi &lt;Ana&gt; &amp; &quot;co&quot;,<br>it&#39;s here.</p><p>Bye</p>',
    );
  });

  test('is the given one where there is one', () => {
    expect(outgoingHtml(reply('Hi', '<p><b>Hi</b></p>'))).toBe('<p><b>Hi</b></p>');
  });

  test.each([
    ['in text', reply('You wrote {{ticket.requester.email}}'), '{\u2060{ticket.requester.email}}'],
    ['in given HTML', reply('', '<p>{{ticket.comments}}</p>'), '<p>{\u2060{ticket.comments}}</p>'],
    ['as a Liquid tag', reply('{% for c in ticket.comments %}'), '{\u2060% for c in ticket.comments %}'],
    ['in triples', reply('{{{a}}}'), '{\u2060{\u2060{a}}}'],
    ['in decimal entities', reply('', '&#123;&#0123;x}}'), '{\u2060{x}}'],
    ['in hexadecimal entities', reply('', '&#x7B;&#x7b;x}}'), '{\u2060{x}}'],
    ['in named entities', reply('', '&lbrace;&percnt; x'), '{\u2060% x'],
    ['in a note', note('{{x}}'), '{\u2060{x}}'],
  ])('never runs a placeholder %s', (_where, outgoing, expected) => {
    expect(outgoingHtml(outgoing)).toContain(expected);
  });

  test('leaves single braces alone', () => {
    expect(outgoingHtml(reply('size {M} 100%'))).toBe('<p>size {M} 100%</p>');
  });

  test('never carries a tag or a placeholder out of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const html = outgoingHtml(reply(text));
        expect(html).not.toMatch(/\{[{%]/);
        expect(html.replace(/<\/?p>|<br>/g, '')).not.toMatch(/[<>"']/);
      }),
    );
  });
});

describe('the 64 kB that Zendesk keeps', () => {
  test('a reply that fills them is sent whole', () => {
    const text = 'x'.repeat(longestCommentBytes - '<p></p>'.length);
    expect(outgoingHtml(reply(text))).toBe(`<p>${text}</p>`);
  });

  test('a longer reply is refused, not cut: half an answer is worse than none', () => {
    const text = 'x'.repeat(longestCommentBytes);
    expect(() => outgoingHtml(reply(text))).toThrow(RemoteFailure);
    expect(() => outgoingHtml(reply(text))).toThrow(/the reply has 65543 bytes, and Zendesk keeps 65536/);
  });

  test('bytes count, not characters', () => {
    expect(() => outgoingHtml(reply('ä'.repeat(40_000)))).toThrow(/rejected|bytes/);
  });

  test('a longer note is cut with a mark, and fills what there is', () => {
    const html = outgoingHtml(note('x'.repeat(200_000)));
    expect(Buffer.byteLength(html)).toBe(longestCommentBytes);
    expect(html).toMatch(/x<\/p><p>\[Cut here: the note was longer than the desk keeps\.\]<\/p>$/);
  });

  test.each(['😀', 'ä', '日', '&', '<', '{{'])('a note of "%s" is cut between characters', (character) => {
    const html = outgoingHtml(note(character.repeat(70_000)));
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(longestCommentBytes);
    expect(Buffer.byteLength(html)).toBeGreaterThan(longestCommentBytes - 20);
    const beginning = html.slice('<p>'.length, html.indexOf('</p>'));
    const allowed = ['{{'].includes(character)
      ? /^[{\u2060]+$/
      : new RegExp(`^(${escapeHtml(character).slice(3, -4)})+$`, 'u');
    expect(beginning).toMatch(allowed);
  });

  test('a note with HTML of its own that is too long goes out as its text', () => {
    const html = outgoingHtml(note('short', `<p>${'x'.repeat(70_000)}</p>`));
    expect(html).toContain('<p>short</p>');
  });
});
