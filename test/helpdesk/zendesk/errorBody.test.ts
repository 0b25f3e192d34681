import { errorInside, readErrorBody } from '../../../src/helpdesk/zendesk/errorBody';

const json = JSON.stringify;

describe("Zendesk's error bodies", () => {
  const rows: readonly [what: string, status: number, body: string, reason: string | null][] = [
    [
      'the older envelope',
      409,
      json({ error: 'DatabaseConflict', description: 'Database collision' }),
      'DatabaseConflict; Database collision',
    ],
    [
      'the newer envelope',
      429,
      json({ errors: [{ code: 'TooManyRequests', title: 'Slow down' }] }),
      'TooManyRequests',
    ],
    ['`error` as a sentence', 401, json({ error: "Couldn't authenticate you" }), "Couldn't authenticate you"],
    [
      '`error` as an object',
      403,
      json({ error: { title: 'Forbidden', message: 'You do not have access to this page. Ask an admin.' } }),
      'Forbidden; You do not have access to this page. Ask an admin.',
    ],
    [
      'details of fields',
      422,
      json({
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: {
          base: [
            { description: 'Type:: is required when solving a ticket', error: null, ticket_field_id: 1 },
          ],
        },
      }),
      'RecordInvalid; Record validation errors; Type:: is required when solving a ticket',
    ],
    [
      'a line of plain text',
      429,
      'Number of allowed API requests per minute exceeded\n',
      'Number of allowed API requests per minute exceeded',
    ],
    ['a page of HTML', 503, '<html><body>We are down for maintenance</body></html>', null],
    ['nothing', 500, '', null],
    ['half a body', 500, '{"error": "Inter', null],
    ['a list', 500, '[1, 2]', null],
    ['null', 500, 'null', null],
    ['an empty list of errors', 400, json({ errors: [] }), null],
    ['errors that are no objects', 400, json({ errors: ['bad', 4, null] }), null],
  ];
  test.each(rows)('%s', (_what, status, body, reason) => {
    expect(readErrorBody(status, body)).toEqual({ special: null, reason });
  });

  test('what customers wrote or are called is never quoted: only the names of the fields are', () => {
    const body = json({
      error: 'RecordInvalid',
      description: 'Record validation errors for ana@mail.example',
      details: {
        email: [
          {
            description: 'Email: ana@mail.example is already being used by another user',
            error: 'DuplicateValue',
          },
        ],
        comment: [{ description: 'Comment: Where is my parcel, Ana Diaz' }],
        'Ana Diaz': [{ description: 'name' }],
        base: [{ description: 'Reply to ana@mail.example: is required when solving a ticket' }],
      },
    });
    const { reason } = readErrorBody(422, body);
    expect(reason).toBe('RecordInvalid; DuplicateValue; fields: email, comment');
  });

  test('a code that is free text is not a code', () => {
    expect(readErrorBody(422, json({ error: 'Ana says: refund me now' })).reason).toBeNull();
  });

  test('a flood is cut', () => {
    const details = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`field_${'x'.repeat(30)}${i}`, []]),
    );
    expect(readErrorBody(422, json({ error: 'RecordInvalid', details })).reason?.length).toBeLessThanOrEqual(
      160,
    );
  });

  describe('a closed ticket', () => {
    test.each([
      [
        'by the description of the status',
        json({
          error: 'RecordInvalid',
          description: 'Record validation errors',
          details: { status: [{ description: 'Status: closed prevents ticket update' }] },
        }),
      ],
      [
        'by the error code',
        json({
          error: 'RecordInvalid',
          details: { status: [{ error: 'ClosedTicket', description: 'Status: x' }] },
        }),
      ],
      ['in the newer envelope', json({ errors: [{ code: 'ClosedTicket', title: 'closed' }] })],
    ])('%s', (_what, body) => {
      expect(readErrorBody(422, body).special).toBe('ticket-closed');
    });

    test('is recognised on a 422 only', () => {
      expect(readErrorBody(400, json({ error: 'ClosedTicket' })).special).toBeNull();
    });
  });

  test('an unknown address is told from an unknown ticket', () => {
    expect(readErrorBody(404, json({ error: 'InvalidEndpoint', description: 'Not found' })).special).toBe(
      'no-such-address',
    );
    expect(readErrorBody(404, json({ error: 'RecordNotFound', description: 'Not found' }))).toEqual({
      special: null,
      reason: 'RecordNotFound',
    });
  });
});

describe('an error inside a success', () => {
  test.each([
    [{ errors: [{ code: 'Throttled', title: 'try later' }] }, 'Throttled'],
    [{ error: 'TooManyRequests' }, 'TooManyRequests'],
    [{ errors: ['something'] }, 'no reason given'],
    [{ ticket: { id: 1 }, error: { title: 'Partial' } }, 'Partial'],
  ])('%j', (body, reason) => {
    expect(errorInside(body)).toBe(reason);
  });

  test.each([
    [{ ticket: { id: 1 } }],
    [{ errors: [], ticket: {} }],
    [{ error: null }],
    [null],
    ['text'],
    [[1]],
  ])('none in %j', (body) => {
    expect(errorInside(body)).toBeNull();
  });
});
