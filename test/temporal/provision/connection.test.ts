/** Connecting to Temporal, and what is said when that does not work. */
import http from 'node:http';
import { temporal } from '@temporalio/proto';
import {
  connectNativeForWorker,
  connectTemporal,
  TemporalConnectionError,
} from '../../../src/temporal/connection';
import { registerSearchAttributes } from '../../../src/temporal/registerSearchAttributes';
import { searchAttributeKeys } from '../../../src/contracts/searchAttributes';
import { startTestTemporal, type TestTemporal } from '../../support/temporalServer';
import { listening, ownPort } from '../../support/ports';

let server: TestTemporal;
/** Waited for together: each is given up after five seconds. */
let inVain: Readonly<Record<'nobody' | 'nobodyForWorkers' | 'somethingElse' | 'plain', Promise<string>>>;
let nobody: string;
let web: http.Server;
beforeAll(async () => {
  server = await startTestTemporal();
  nobody = `127.0.0.1:${await ownPort()}`;
  web = http.createServer((_request, response) => response.end('hello'));
  const elsewhere = `127.0.0.1:${await listening(web)}`;
  const ask = (address: string) => refusal(connectTemporal({ address, namespace: 'default' }));
  inVain = {
    nobody: ask(nobody),
    nobodyForWorkers: refusal(connectNativeForWorker({ address: nobody, namespace: 'default' })),
    somethingElse: ask(elsewhere),
    plain: withVariable('TEMPORAL_TLS', 'true', () => refusal(connectTemporal(server))),
  };
  await Promise.allSettled(Object.values(inVain));
});
afterAll(async () => {
  web.close();
  web.closeAllConnections();
  await server.stop();
});

/** It is read at once, when a connection is asked for. */
function withVariable<T>(name: string, value: string, act: () => Promise<T>): Promise<T> {
  process.env[name] = value;
  try {
    return act();
  } finally {
    Reflect.deleteProperty(process.env, name);
  }
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TemporalConnectionError)) throw new Error('no refusal', { cause: error });
  return error.message;
}

it('connects a client and a worker', async () => {
  const { client, close } = await connectTemporal(server);
  expect((await client.workflow.count('')).count).toBe(0);
  await close();
  const native = await connectNativeForWorker(server);
  await native.close();
});

it('nobody there: where, why, and what to do', async () => {
  const message = await inVain.nobody;
  expect(message).toContain(`does not answer at ${nobody} (TEMPORAL_ADDRESS)`);
  expect(message).toContain('`npm start` runs a server of its own');
  expect(await inVain.nobodyForWorkers).toContain(nobody);
});

it('something else there: says so within the connection timeout', async () => {
  expect(await inVain.somethingElse).toContain('does not answer');
});

it('an unknown namespace: how to make it', async () => {
  const message = await refusal(connectTemporal({ address: server.address, namespace: 'nowhere' }));
  expect(message).toContain('has no namespace "nowhere"');
  expect(message).toContain(
    `temporal operator namespace create --address ${server.address} --namespace nowhere`,
  );
});

it('TLS settings that cannot be read', async () => {
  const message = await withVariable('TEMPORAL_TLS_SERVER_CA_CERT_PATH', '/nowhere/ca.pem', () =>
    refusal(connectTemporal(server)),
  );
  expect(message).toMatch(/TEMPORAL_\* settings.*ENOENT.*ca\.pem/);
});

it('TLS towards a server without it', async () => {
  expect(await inVain.plain).toContain('does TLS match');
});

describe('search attributes', () => {
  const names = searchAttributeKeys.map((key) => key.name);

  it('are registered once, however many processes register them at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => registerSearchAttributes(server.connection, server.namespace)));
    const { customAttributes } = await server.connection.operatorService.listSearchAttributes({
      namespace: server.namespace,
    });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(names));
  });

  it('of another type are named, with the mend', async () => {
    const other = await startTestTemporal();
    const { operatorService } = other.connection;
    await operatorService.removeSearchAttributes({
      namespace: other.namespace,
      searchAttributes: ['DeskhandStage'],
    });
    await operatorService.addSearchAttributes({
      namespace: other.namespace,
      searchAttributes: { DeskhandStage: temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_INT },
    });
    const message = await refusal(registerSearchAttributes(other.connection, other.namespace));
    expect(message).toMatch(/DeskhandStage \(must be Keyword\).*search-attribute remove/);
    await other.stop();
  });

  it('that the server refuses: the commands a person runs', async () => {
    const message = await refusal(registerSearchAttributes(server.connection, 'nowhere'));
    expect(message).toContain('tcld namespace search-attributes add --namespace nowhere');
    expect(message).toContain('--search-attribute "DeskhandStage=Keyword"');
    expect(message).toContain('temporal operator search-attribute create --namespace nowhere');
  });
});
