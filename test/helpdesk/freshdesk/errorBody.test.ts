/** Of an error body nothing is quoted but codes and the names of fields. */
import { readErrorBody } from '../../../src/helpdesk/freshdesk/errorBody';

test.each([
  ['nothing', '', null],
  ['a page', '<html><h1>Sorry</h1></html>', null],
  ['a line', 'You have exceeded the limit', null],
  ['a list', '[1]', null],
  [
    'a refused field',
    '{"description":"Validation failed","errors":[{"field":"email","message":"ana@mail.example is taken","code":"duplicate_value"}]}',
    'email: duplicate_value',
  ],
  ['a refused caller', '{"code":"invalid_credentials","message":"Log in"}', 'invalid_credentials'],
  ['a mistake without a code', '{"errors":[{"field":"status"}]}', 'status: refused'],
  [
    'customer text in the place of a field',
    '{"errors":[{"field":"Hi Ana, I","code":"invalid_value"}]}',
    'invalid_value',
  ],
  ['customer text in the place of a code', '{"code":"Ana Diaz said","errors":"no list"}', null],
  ['the same twice', '{"errors":[{"field":"tags","code":"x"},{"field":"tags","code":"x"}]}', 'tags: x'],
])('%s', (_what, body, reason) => {
  expect(readErrorBody(body)).toEqual({ special: null, reason });
});

test('no more than five fields are named', () => {
  const errors = Array.from({ length: 9 }, (_, n) => ({ field: `f${n}`, code: 'invalid_value' }));
  expect(readErrorBody(JSON.stringify({ errors })).reason?.split(', ')).toHaveLength(5);
});
