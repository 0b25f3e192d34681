/** However deep HTML is nested, it comes out shallow with all its words; and what was shallow is not touched. */
import { convert } from 'html-to-text';
import { Parser } from 'htmlparser2';
import fc from 'fast-check';
import { shallowHtml } from '../../../src/helpdesk/comments/shallowHtml';

/** As deep as the parser gets in it, and how deep in quotations and lists. */
function depths(html: string): { all: number; indented: number } {
  const deepest = { all: 0, indented: 0 };
  const open: string[] = [];
  const parser = new Parser({
    onopentag: (name) => {
      open.push(name);
      const indented = open.filter((one) => ['blockquote', 'ul', 'ol'].includes(one)).length;
      deepest.all = Math.max(deepest.all, open.length);
      deepest.indented = Math.max(deepest.indented, indented);
    },
    onclosetag: () => {
      open.pop();
    },
  });
  parser.write(html);
  parser.end();
  return deepest;
}

/** The text of it, but for what is no text to read. */
function words(html: string): string {
  let text = '';
  let silent = 0;
  const isSilent = (name: string) => ['script', 'style'].includes(name);
  const parser = new Parser({
    onopentag: (name) => (silent += isSilent(name) ? 1 : 0),
    onclosetag: (name) => (silent -= isSilent(name) ? 1 : 0),
    ontext: (part) => (text += silent === 0 ? part : ''),
  });
  parser.write(html);
  parser.end();
  return text;
}

const within = (levels: number, html: string, tag = 'div') =>
  `<${tag}>`.repeat(levels) + html + `</${tag}>`.repeat(levels);

it.each([
  ['nothing', ''],
  ['text', 'Where is my order? 1 < 2 && 3 > 2'],
  ['a letter', '<html><head><title>a</title></head><body><p>Hi,<br>there</p><hr></body></html>'],
  ['a hundred levels', within(100, 'x')],
  ['ten quotations', within(10, 'x', 'blockquote')],
  ['wrong nesting', '<b><i>x</b></i></p></div>'],
  ['half a tag', '<p>x</p><div class="'],
  ['tags in quotes', '<p title="<div><div>">x</p>'],
  ['comments and CDATA', '<!-- <div> --><![CDATA[ <div> ]]><!doctype html>'],
  ['a script with tags in it', `<script>${'"<div>";'.repeat(300)}</script>`],
])('leaves %s as it is', (_what, html) => {
  expect(shallowHtml(html)).toBe(html);
});

it('makes breaks of deeper blocks, so that words of two lines do not become one', () => {
  const text = convert(shallowHtml(within(150, '<div>one</div><div>two</div><p>three</p>')), {
    wordwrap: false,
  });
  expect(text.trim()).toBe('one\ntwo\nthree');
});

it('keeps a word whole over deeper tags that stand within a line', () => {
  const html = within(150, 'un<b>be</b>liev<span class="x">ab</span>le');
  expect(convert(shallowHtml(html), { wordwrap: false }).trim()).toBe('unbelievable');
});

it('goes on as before behind what was too deep', () => {
  const html = `${within(150, 'deep')}<ul><li>a</li><li><b>b</b></li></ul>`;
  expect(shallowHtml(html).endsWith('<ul><li>a</li><li><b>b</b></li></ul>')).toBe(true);
});

it('keeps ten levels of quotations and lists: each one more indents every line', () => {
  const html = within(60, 'x<br>y', 'blockquote') + '<ul><li>x'.repeat(60);
  expect(depths(html).indented).toBe(60);
  expect(depths(shallowHtml(html)).indented).toBe(10);
  expect(convert(shallowHtml(within(60, 'x', 'blockquote')))).toBe(`${'> '.repeat(10)}x`);
});

it('never sets free what was no markup: scripts below the limit stay scripts', () => {
  for (const raw of ['script', 'style', 'title', 'textarea', 'xmp']) {
    const html = `${'<div>'.repeat(150)}<${raw}>${'<div>'.repeat(500)}</${raw}>x`;
    expect(depths(shallowHtml(html)).all).toBeLessThanOrEqual(101);
    expect(shallowHtml(html)).toContain(`<${raw}>${'<div>'.repeat(500)}</${raw}>`);
  }
});

it('never makes a tag of what was none, by taking one out of its middle', () => {
  const html = `${'<div>'.repeat(150)}${'<<b>div>'.repeat(500)}${'<<x>section>'.repeat(500)}`;
  expect(depths(shallowHtml(html)).all).toBeLessThanOrEqual(101);
  expect(words(shallowHtml(html))).toBe(words(html));
});

it.each(['tmp', 'xitle', 'script', 'svg', 'math', 'title', 'p', 'option', 'iframe', 'noscript'])(
  'is not fooled by <%s>, open or self-closing',
  (name) => {
    for (const tag of [`<${name}>`, `<${name}/>`]) {
      const html = `${'<div>'.repeat(150)}${tag}${'<div>'.repeat(500)}</${name}>${tag.repeat(500)}`;
      expect(depths(shallowHtml(html)).all).toBeLessThanOrEqual(102);
    }
  },
);

it('is shallow with the same words, whatever the tags, in whatever order', () => {
  const names = [
    'div',
    'p',
    'b',
    'a',
    'ul',
    'li',
    'td',
    'tr',
    'table',
    'blockquote',
    'span',
    'option',
    'x-y',
  ];
  const elements = fc.constantFrom(...names, 'svg', 'br', 'img');
  const name = fc.oneof(elements, fc.constantFrom('script', 'style'));
  const piece = fc.oneof(
    { weight: 4, arbitrary: name.map((one) => `<${one}>`) },
    { weight: 2, arbitrary: name.map((one) => `</${one}>`) },
    { weight: 1, arbitrary: elements.map((one) => `<${one} title="a>b" />`) },
    { weight: 2, arbitrary: fc.constantFrom('word', ' ', '<', '>', '&lt;', '<!--', '-->', '"', '</', '\n') },
  );
  const run = fc.tuple(piece, fc.integer({ min: 1, max: 80 })).map(([one, times]) => one.repeat(times));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 15 }), (runs) => {
      const html = runs.join('');
      const shallow = shallowHtml(html);
      expect(depths(shallow).all).toBeLessThanOrEqual(102);
      expect(depths(shallow).indented).toBeLessThanOrEqual(10);
      expect(words(shallow)).toBe(words(html));
    }),
    { numRuns: 1_000 },
  );
});
