/** Mail as HTML, as desks keep it that have no plain text: the structure of each program's own replies. */
import { readComment } from '../../src/classify/reading/readComment';
import { toPlainText } from '../../src/classify/reading/plainText';
import { processorMs } from '../support/processorMs';

const read = (body: string) => readComment({ body, machineMade: false, attachments: [] });
const said = (text: string) => ({ text, cut: false, reading: 'words' });
const shop = 'Blue Shop &lt;<a href="mailto:care@shop.example">care@shop.example</a>&gt;';

describe('replies', () => {
  test.each([
    [
      'Gmail',
      `<div dir="ltr">The kettle leaks.<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Refund Manager<br>please cancel</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 2, 2026 at 9:14 AM ${shop} wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex"><div>Cancelled.</div></blockquote></div>`,
    ],
    [
      'Outlook on the web',
      `<div class="elementToProof" style="font-family: Aptos">The kettle leaks.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> ${shop}<br><b>Sent:</b> Monday, November 2, 2026 9:14 AM<br><b>To:</b> Kim<br><b>Subject:</b> Order</font><div>&nbsp;</div></div><div>Cancelled.</div>`,
    ],
    [
      'Outlook for Windows',
      `<div class="WordSection1"><p class="MsoNormal">The kettle leaks.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Von:</b> ${shop} <br><b>Gesendet:</b> Montag, 2. November 2026 09:14<br><b>An:</b> Kim<br><b>Betreff:</b> AW: Bestellung<o:p></o:p></p></div></div><p class="MsoNormal">Cancelled.<o:p></o:p></p></div>`,
    ],
    [
      'Outlook for telephones',
      `<div dir="ltr">The kettle leaks.</div><div id="ms-outlook-mobile-signature" dir="ltr"><div></div>Obtener <a href="https://aka.ms/o0ukef">Outlook para iOS</a></div><hr><div id="divRplyFwdMsg"><b>De:</b> ${shop}<br><b>Enviado:</b> lunes, noviembre 2, 2026 9:14 a. m.<br><b>Para:</b> Kim<br><b>Asunto:</b> Re: Pedido</div><div>Cancelled.</div>`,
    ],
    [
      'Apple Mail',
      `<body style="overflow-wrap: break-word;">The kettle leaks.<br><div><br><blockquote type="cite"><div>Le 2 nov. 2026 à 09:14, ${shop} a écrit :</div><br class="Apple-interchange-newline"><div>Cancelled.</div></blockquote></div></body>`,
    ],
    [
      'iPhone',
      `<div dir="ltr">The kettle leaks.</div><div dir="ltr"><br>Von meinem iPhone gesendet</div><div dir="ltr"><br><blockquote type="cite">Am 02.11.2026 um 09:14 schrieb ${shop}:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">Cancelled.</div></blockquote>`,
    ],
    [
      'Thunderbird',
      `<p>The kettle leaks.<br></p><div class="moz-signature">-- <br>Kim, Refund Ltd</div><div class="moz-cite-prefix">Op 02-11-2026 om 09:14 schreef Blue Shop:<br></div><blockquote type="cite" cite="mid:x@y"><p>Cancelled.</p></blockquote>`,
    ],
    [
      'Yahoo',
      `<div class="yahoo-style-wrap"><div dir="ltr">The kettle leaks.</div><div><br></div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>Am Montag, 2. November 2026 um 09:14:00 MEZ hat ${shop} Folgendes geschrieben: </div><div><br></div><div>Cancelled.</div></div></div>`,
    ],
    [
      'Proton',
      `<div>The kettle leaks.<br></div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me/">Proton Mail</a> secure email.</div></div><div class="protonmail_quote">On Monday, November 2nd, 2026 at 9:14 AM, ${shop} wrote:<br><blockquote class="protonmail_quote" type="cite"><p>Cancelled.</p></blockquote></div>`,
    ],
    [
      'GMX and Web.de',
      `<div>The kettle leaks.</div><div name="quote" style="margin:10px 5px 5px 10px;border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Montag, 02. November 2026 um 09:14 Uhr<br><b>Von:</b>&nbsp;"Blue Shop" &lt;care@shop.example&gt;<br><b>An:</b>&nbsp;kim@mail.example<br><b>Betreff:</b>&nbsp;Re: Bestellung</div><div name="quoted-content">Cancelled.</div></div>`,
    ],
    [
      'Samsung',
      `<div>The kettle leaks.</div><div id="composer_signature">Envoyé depuis mon appareil Galaxy</div><div>-------- Message d'origine --------</div><div>De : ${shop} </div><div>Date : 02/11/2026 09:14 (GMT+01:00) </div><div>À : Kim </div><div>Objet : Re: Commande </div><div>Cancelled.</div>`,
    ],
    [
      'an answer below',
      `<blockquote type="cite"><div>Which order?</div></blockquote><div>The kettle leaks.</div>`,
    ],
  ])('%s', (_program, html) => {
    expect(read(html)).toEqual(said('The kettle leaks.'));
  });

  test('an answer between quoted lines is kept whole', () => {
    const html = `<div>On Mon, 2 Nov 2026 at 09:14, ${shop} wrote:</div><blockquote type="cite">Which order?</blockquote><div>48213</div><blockquote type="cite">Shall we cancel it?</blockquote><div>No.</div>`;
    expect(read(html).text.split(/\n+/)).toEqual(['48213', 'No.']);
  });
});

describe('what the customer laid out', () => {
  test.each([
    [
      'cells of a table stand apart',
      '<table><tr><td>Order</td><td>48213</td></tr><tr><th>Item</th><td>kettle</td></tr></table>',
      'Order 48213\nItem kettle',
    ],
    [
      'Outlook’s tables too',
      '<table class="MsoNormalTable"><tbody><tr><td>Order<o:p></o:p></td><td>48213</td></tr></tbody></table><p>Where?</p>',
      'Order 48213\n\nWhere?',
    ],
    [
      'an indent is no quotation',
      '<div>These leak:</div><blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;"><div>the kettle</div></blockquote>',
      'These leak:\nthe kettle',
    ],
    ['a signature alone is not nothing', '<div class="gmail_signature">Kim</div>', 'Kim'],
    ['source lines are no lines', '<p>The kettle\nleaks.</p>', 'The kettle leaks.'],
    ['line breaks beside a single tag are', 'The kettle\n<b>leaks</b>', 'The kettle\nleaks'],
    [
      'entities without a tag',
      'The caf&eacute; &amp; the kettle&#39;s lid\nleak',
      "The café & the kettle's lid\nleak",
    ],
  ])('%s', (_name, html, text) => {
    expect(read(html)).toEqual(said(text));
  });
});

describe('quoted-printable that nobody has decoded', () => {
  test.each([
    ['Gr=C3=B6=C3=9Fe bitte =\nschnell =C3=A4ndern', 'Größe bitte schnell ändern'],
    ['Gr=C3=B6=C3=9Fe =3D 40', 'Größe = 40'],
    ['Bonjour,=\r\n o=C3=B9 est-il=20?', 'Bonjour, où est-il ?'],
  ])('%j', (text, decoded) => {
    expect(toPlainText(text)).toBe(decoded);
  });

  test.each([
    'size=40, color=20',
    'https://shop.example/?a=C3=A9&b=c',
    'x = y',
    'caf=E9 =\nau lait',
    '1+1=2',
    'a=BC',
  ])('but not %j', (text) => {
    expect(toPlainText(text)).toBe(text);
  });
});

describe('60,000 hostile characters', () => {
  const pieces = [
    ...['<p>', '<td>', '<blockquote style="border:none">', '<o:p>', '<div class="gmail_signature">', '&amp;'],
    ...['=C3=A9', '=\n', 'Subject: x\n', 'From: a\n', 'wrote:\n', 'On 2026 <a@', '2026 a@b <a@b.c> '],
  ];

  test('take some fifty milliseconds of computing at most, whatever they are', () => {
    for (const piece of pieces) {
      const body = piece.repeat(60_000 / piece.length);
      const used = processorMs();
      read(body);
      // Ten times what is measured: the first one pays for what is compiled, another for garbage, and machines differ.
      expect([piece, used() < 500]).toEqual([piece, true]);
    }
  });
});
