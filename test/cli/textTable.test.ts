import { textTable } from '../../src/cli/textTable';

it('columns are as wide as their widest cell, and nothing trails', () => {
  expect(
    textTable(
      ['TICKET', 'STAGE'],
      [
        ['zendesk 35436', 'answering'],
        ['zendesk 1', 'with-person'],
      ],
    ),
  ).toBe(['TICKET         STAGE', 'zendesk 35436  answering', 'zendesk 1      with-person'].join('\n'));
});

it('what is absent is a dash', () => {
  expect(textTable(['A', 'B'], [[null, 'x']])).toBe('A  B\n-  x');
});

it('without rows the header stands alone', () => {
  expect(textTable(['TICKET', 'STAGE'], [])).toBe('TICKET  STAGE');
});
