/** Connecting to Temporal, and what is said when that does not work. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporal } from '@temporalio/proto';
import {
  connectNativeForWorker,
  connectTemporal,
  TemporalConnectionError,
} from '../../../src/temporal/connection';
import { registerSearchAttributes } from '../../../src/temporal/registerSearchAttributes';
import { searchAttributeKeys } from '../../../src/contracts/searchAttributes';
import { startTestTemporal, type TestTemporal } from '../../support/temporalServer';
import { ownPort } from '../../support/ports';

let server: TestTemporal;
beforeAll(async () => {
  server = await startTestTemporal();
});
afterAll(() => server.stop());

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
  const address = `127.0.0.1:${await ownPort()}`;
  const message = await refusal(connectTemporal({ address, namespace: 'default' }));
  expect(message).toContain(`does not answer at ${address} (TEMPORAL_ADDRESS)`);
  expect(message).toContain('`npm start` runs a server of its own');
  expect(await refusal(connectNativeForWorker({ address, namespace: 'default' }))).toContain(address);
});

it('something else there: says so within the connection timeout', async () => {
  const web = http.createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  await new Promise((resolve) => web.once('listening', resolve));
  const address = `127.0.0.1:${(web.address() as AddressInfo).port}`;
  expect(await refusal(connectTemporal({ address, namespace: 'default' }))).toContain('does not answer');
  web.close();
  web.closeAllConnections();
});

it('an unknown namespace: how to make it', async () => {
  const message = await refusal(connectTemporal({ address: server.address, namespace: 'nowhere' }));
  expect(message).toContain('has no namespace "nowhere"');
  expect(message).toContain(
    `temporal operator namespace create --address ${server.address} --namespace nowhere`,
  );
});

it('TLS settings that cannot be read', async () => {
  process.env['TEMPORAL_TLS_SERVER_CA_CERT_PATH'] = '/nowhere/ca.pem';
  try {
    expect(await refusal(connectTemporal(server))).toMatch(/TEMPORAL_\* settings.*ENOENT.*ca\.pem/);
  } finally {
    delete process.env['TEMPORAL_TLS_SERVER_CA_CERT_PATH'];
  }
});

it('TLS towards a server without it', async () => {
  process.env['TEMPORAL_TLS'] = 'true';
  try {
    expect(await refusal(connectTemporal(server))).toContain('does TLS match');
  } finally {
    delete process.env['TEMPORAL_TLS'];
  }
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
