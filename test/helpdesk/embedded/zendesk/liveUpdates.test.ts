/** The stream that keeps open pages up to date (server-sent events, html.spec.whatwg.org/multipage/server-sent-events). */
import { TestDesk, until } from './harness';

let desk: TestDesk;
beforeEach(async () => {
  desk = await TestDesk.start();
});
afterEach(() => desk.stop());

interface Stream {
  readonly response: Response;
  /** The stream so far, and whether the desk has ended it. */
  readonly seen: { text: string; ended: boolean };
  leave(): void;
}

async function listen(): Promise<Stream> {
  const leaving = new AbortController();
  const response = await fetch(`${desk.desk.url}/_desk/events`, { signal: leaving.signal });
  const seen = { text: '', ended: false };
  const { body } = response;
  if (body === null) throw new Error('no stream');
  void (async () => {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) seen.text += part.value;
    seen.ended = true;
  })().catch(() => undefined);
  return { response, seen, leave: () => leaving.abort() };
}
const changes = ({ seen }: Stream) =>
  [...seen.text.matchAll(/event: ticket\ndata: (\d+)\n\n/g)].map(([, id]) => id);

it('is an event stream that tells the browser to come back within a second', async () => {
  const stream = await listen();
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
  expect(stream.response.headers.get('cache-control')).toBe('no-store');
  await until(() => stream.seen.text.startsWith('retry: 1000\n\n'), 'the hello');
  stream.leave();
});

it('names every ticket that changes, to everybody who listens, and nothing of what is in it', async () => {
  const [one, two] = [await listen(), await listen()];
  const id = await desk.newTicket('A secret');
  await desk.put(id, { comment: { body: 'Another secret' } });
  await until(() => changes(one).length === 2 && changes(two).length === 2, 'both changes');
  expect(changes(one)).toEqual([id, id]);
  expect(one.seen.text).not.toContain('secret');
  one.leave();
  two.leave();
});

it('says nothing when nothing changed or a write was refused', async () => {
  const id = await desk.newTicket();
  const stream = await listen();
  await desk.put(id, { status: 'new' });
  await desk.put(id, { status: 'asleep' });
  await desk.put(id, { status: 'open' });
  await until(() => changes(stream).length > 0, 'the change');
  expect(changes(stream)).toEqual([id]);
  stream.leave();
});

it('goes on for the others when one has left', async () => {
  const [gone, here] = [await listen(), await listen()];
  gone.leave();
  const ids = [await desk.newTicket(), await desk.newTicket()];
  await until(() => changes(here).length === 2, 'both tickets');
  expect(changes(here)).toEqual(ids);
  here.leave();
});

it('ends with the desk, which does not wait for it', async () => {
  const stream = await listen();
  const before = performance.now();
  await desk.desk.close();
  expect(performance.now() - before).toBeLessThan(20_000);
  await until(() => stream.seen.ended, 'the end of the stream');
});
