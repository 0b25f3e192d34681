import { findOrderNumbers } from '../../src/classify/reading/orderNumbers';
import { processorMs } from '../support/processorMs';

test.each([
  ['Where is order 48213?', ['48213']],
  ['#48213', ['48213']],
  ['# 48213', ['48213']],
  ['Order: 48213', ['48213']],
  ['order number is 48213.', ['48213']],
  ['purchase 48213', ['48213']],
  ['my ref is 48213', ['48213']],
  ['Meine Bestellnummer lautet 48213', ['48213']],
  ['Auftrag 48213', ['48213']],
  ['commande n° 48213', ['48213']],
  ['ma commande numéro 48213', ['48213']],
  ['pedido número 48213', ['48213']],
  ['encomenda 48213', ['48213']],
  ["l'ordine 48213 non è arrivato", ['48213']],
  ['ordrenummer 48213', ['48213']],
  ['bestelling 48213', ['48213']],
  ['zamówienie 48213', ['48213']],
  ['web-00097 and WEB-00097', ['WEB-00097']],
  ['48213?', ['48213']],
  ['(48213)', ['48213']],
  ['"48213"', ['48213']],
  ['48213 und 51877', ['48213', '51877']],
  ['commandes 48213 et 51877', ['48213', '51877']],
  ['nicht 48213 sondern 51877', ['51877']],
  ['no 48213 sino 51877', ['51877']],
  ['pas 48213 mais 51877', ['51877']],
  ['order 48213, paid 12000 EUR on 03.11.2026', ['48213']],
  ['order no. 40011 please', ['40011']],
  ['It is WEB-00097', ['WEB-00097']],
  ['Bestellung 48213 ist noch nicht da', ['48213']],
  ['My number is 51877 and I want to send the jacket back', ['51877']],
  ['51877', ['51877']],
  ['orders 48213 and 51877, also #40011', ['48213', '51877', '40011']],
  ['48213, again 48213', ['48213']],
  ['¿Dónde está mi pedido 50927? Y mándeme la factura del 48213', ['50927', '48213']],
  ['Wo bleibt Bestellung 50927? Und die Rechnung von 48213', ['50927', '48213']],
  ['Where is order 50927, and the invoice for 48213', ['50927', '48213']],
  ['Où est ma commande 50927 ? Et la facture de 48213', ['50927', '48213']],
  ['Hvor er ordre 50927, og fakturaen for 48213', ['50927', '48213']],
  ['Keep order 50926 but cancel 50927', ['50927']],
  ['Keep 50926 but cancel 50927', ['50927']],
  ['Behalten Sie Bestellung 50926 und stornieren Sie 50927', ['50927']],
  ['Please keep order 50926 until Monday', ['50926']],
  ['Please cancel 50927, not 50926', ['50927']],
  ['Bitte 50927 stornieren, nicht 50926!', ['50927']],
  ['cancel all but 48213', []],
  ['Please cancel everything except order 48213', []],
  ['Alles stornieren außer 48213', []],
  ['Annulez tout sauf la commande 48213', []],
  ['Cancele todos excepto el pedido 48213', []],
  ['Annuller alt undtagen ordre 48213', []],
  ['cancel 50926 and 50927, everything except 48213', ['50926', '50927']],
  ['order:48213', ['48213']],
  ['commande :48213', ['48213']],
  ['nr.48213', ['48213']],
  ['Bestellnr.:48213', ['48213']],
  ['pedido nº48213', ['48213']],
  ['cancel 48213+51877', ['48213', '51877']],
  ['refund 60004 (paid with invoice 48213)', ['60004', '48213']],
  // Shorter or longer than the order's: something else.
  ['Order 51877, it was delivered for 1050', ['51877']],
  ['order 48213, I asked about 2000311', ['48213']],
  ['not 48213 but 51877', ['51877']],
  ['I meant order 51877, not 48213, sorry', ['51877']],
  ['the lamp from 51877 came broken', ['51877']],
  ['Call me on 0151 48213 or before 20261103, my order number is 51877', ['51877']],
])('%s', (text, numbers) => {
  expect(findOrderNumbers(text)).toEqual(numbers);
});

test.each([
  'call me on 01514821300',
  'phone: 48213000',
  'on 2026-11-03 or 03.11.2026',
  'since 2024',
  'IBAN DE44500105175407324931',
  'invoice no 48213',
  'Rechnung über 4821,30 EUR',
  'Sendungsnummer 1234567890',
  'customer number 48213',
  'Kundennummer 48213',
  '48213 kg',
  '€48213',
  '123',
  '1234567890123',
  'item no 48213',
  'SKU 48213',
  '12 Main Street 48213',
  'TX 48213',
  'I paid 12000 EUR',
  'it cost $48213',
  'Elmevej 4, 8000 Aarhus',
  'London, postcode 10115',
  'I need 5000 pieces',
  'tracking number 1234567890',
  'tracking 00340434161094042557',
  'card 4111 1111 1111 1111',
  'ana48213@mail.example',
  'https://shop.example/48213',
  'size 42',
  'ticket 35436',
])('no order number in: %s', (text) => {
  expect(findOrderNumbers(text)).toEqual([]);
});

test.each([
  'My postal code is 1050',
  'my phone number is 20304050',
  '20304050 is my phone number',
  '1050 (zip)',
  'for my order, my postal code is 1050',
  'Meine Postleitzahl ist 10115',
  'Meine Telefonnummer lautet 20304050',
  'die Hausnummer ist 4821',
  'mon code postal est 75011',
  'mon numéro de téléphone est 20304050',
  'mi código postal es 28013',
  'mi número de teléfono es 20304050',
  'mit postnummer er 2100',
  'mit telefonnummer er 20304050',
  'our house number is 4821',
  'I paid 4900',
  'it cost 12900 in total',
  'born 24121985',
  'Rechnungsnummer: 48213',
])('asked for the order number, none is in: %s', (text) => {
  expect(findOrderNumbers(text, true)).toEqual([]);
});

test.each([
  ["it's 48213, zip 1050", ['48213']],
  ['Order 48213, and my phone is 20304050', ['48213']],
  ['48213 is the order, 20304050 my phone', ['48213', '20304050']],
  ['where is my parcel 48213', ['48213']],
  ['the invoice 48213 please', ['48213']],
])('beside it, the order number is one: %s', (text, numbers) => {
  expect(findOrderNumbers(text, true)).toEqual(numbers);
});

test('a number that was asked for needs no introduction', () => {
  expect(findOrderNumbers('2024', true)).toEqual([]);
  expect(findOrderNumbers('it is 51877', true)).toEqual(['51877']);
});

test.each(['phone number is ', 'my order ', '48213 is my ', 'code postal '])(
  'a hostile text takes no time: %j',
  (piece) => {
    const used = processorMs();
    findOrderNumbers(piece.repeat(60_000 / piece.length), true);
    expect(used()).toBeLessThan(1_000);
  },
);
