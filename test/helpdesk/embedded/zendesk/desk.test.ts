/** Starting and stopping the desk, its addresses, and what it does about its own mistakes. */
import { createServer } from 'node:net';
import { embeddedTicketUrl } from '../../../../src/helpdesk/embedded/zendesk/tickets/ticketUrl';
import type { LogFields, Logger } from '../../../../src/log/logger';
import { matching, TestDesk, tempFolder } from './harness';

describe('addresses', () => {
  it('are the one it is bound to when nothing is said', async () => {
    const desk = await TestDesk.start();
    expect(desk.desk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(desk.desk.apiUrl).toBe(`${desk.desk.url}/api/v2`);
    expect(embeddedTicketUrl(desk.desk.url, '7')).toBe(`${desk.desk.url}/#/tickets/7`);
    await desk.stop();
  });

  it('of the API have two spellings, with and without .json, query and slash at the end', async () => {
    const desk = await TestDesk.start();
    const id = await desk.newTicket();
    for (const spelling of [
      `/${id}`,
      `/${id}.json`,
      `/${id}/`,
      `/${id}.json?include=users`,
      `/${id}?x=a.json`,
    ]) {
      expect(await desk.get(`/api/v2/tickets${spelling}`)).toMatchObject({
        status: 200,
        body: { ticket: { id: Number(id) } },
      });
    }
    expect((await desk.get(`/api/v2/tickets/${id}.xml`)).status).toBe(400);
    await desk.stop();
  });

  it('in answers are those of the request: name, port and scheme', async () => {
    const desk = await TestDesk.start();
    const made = await desk.call('POST', '/api/v2/tickets', {
      ticket: { subject: 's', comment: { body: 'x' } },
    });
    expect(made.headers.get('location')).toBe(`${desk.desk.url}/api/v2/tickets/1.json`);
    expect(made.body).toMatchObject({ ticket: { url: `${desk.desk.url}/api/v2/tickets/1.json` } });
    await desk.stop();
  });
});

describe('starting', () => {
  it('on a busy port fails as Node says it, and leaves the folder to the next start', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const address = squatter.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const stateDir = await tempFolder();
    await expect(TestDesk.start({ stateDir, port: address.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await new Promise((resolve) => squatter.close(resolve));
    const desk = await TestDesk.start({ stateDir, port: address.port });
    expect(new URL(desk.desk.url).port).toBe(String(address.port));
    await desk.stop();
  });

  it('for the first time finds a bot, three people, three groups and no tickets', async () => {
    const desk = await TestDesk.start();
    expect((await desk.get('/_desk/team')).body).toMatchObject({
      agents: [{ name: 'Deskhand' }, { name: 'Nora Lind' }, { name: 'Tomas Reyes' }, { name: 'Ada Moreno' }],
      groups: [{ name: 'Support' }, { name: 'Tier 2' }, { name: 'Billing' }],
    });
    expect((await desk.get('/_desk/tickets')).body).toEqual({ tickets: [] });
    await desk.stop();
  });

  it('keeps the people it has', async () => {
    const desk = await TestDesk.start();
    const before = (await desk.get('/_desk/team')).body;
    const again = await desk.restart();
    expect((await again.get('/_desk/team')).body).toEqual(before);
    await again.stop();
  });
});

it('stops at once, a delayed request and an idle connection notwithstanding', async () => {
  const desk = await TestDesk.start();
  await desk.get('/api/v2/users/me');
  desk.desk.faults.add({ fault: { type: 'delay', ms: 60_000 } });
  const delayed = desk.get('/api/v2/users/me').then(
    () => 'answered',
    () => 'broken',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = performance.now();
  await desk.stop();
  expect(performance.now() - before).toBeLessThan(30_000);
  expect(await delayed).toBe('broken');
});

describe('a mistake of its own', () => {
  it('is answered 500, and logged by place and kind, without a word of what it was about', async () => {
    const logged: { message: string; fields: LogFields | undefined }[] = [];
    const log: Logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (message, fields) => logged.push({ message, fields }),
    };
    let broken = false;
    const clock = () => {
      if (broken) throw new RangeError('Ann Lee wrote\n    at home (ann@example.com:1)');
      return Date.now();
    };
    const desk = await TestDesk.start({ clock, log });
    broken = true;
    const answer = await desk.call('POST', '/_desk/customer/tickets', {
      name: 'Ann Lee',
      email: 'ann@example.com',
      body: 'Where is it?',
    });
    expect(answer).toMatchObject({ status: 500, body: { error: 'InternalError' } });
    expect(logged).toEqual([
      {
        message: 'a request failed',
        fields: {
          desk: 'embedded',
          step: 'POST /_desk/customer/tickets',
          failure: 'RangeError',
          reason: matching(/clock \(.*desk\.test\.ts:\d+:\d+\)$/),
          status: 500,
        },
      },
    ]);
    expect(answer.text + JSON.stringify(logged)).not.toMatch(/Ann|ann@|Where/);
    broken = false;
    expect(await desk.newTicket()).toBe('1');
    await desk.stop();
  });

  it('needs no log to be survived', async () => {
    let broken = false;
    const clock = () => {
      if (broken) throw new Error('no time');
      return Date.now();
    };
    const desk = await TestDesk.start({ clock });
    broken = true;
    expect((await desk.get('/api/v2/users/me')).status).toBe(500);
    broken = false;
    expect((await desk.get('/api/v2/users/me')).status).toBe(200);
    await desk.stop();
  });
});
