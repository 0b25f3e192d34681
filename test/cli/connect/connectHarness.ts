/** `deskhand connect` against an embedded desk, with a terminal of streams and a state folder that goes away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { connectDesk, type ConnectOptions } from '../../../src/cli/connect/connectDesk';
import { disconnectDesk, type DisconnectOptions } from '../../../src/cli/connect/disconnectDesk';
import { explainFailure } from '../../../src/cli/failure';
import { describeConnection } from '../../../src/cli/doctor/doctorConnection';
import { deskWords } from '../../../src/cli/doctor/doctorDesk';
import { policyChecks } from '../../../src/cli/doctor/doctorPolicies';
import { readSettings } from '../../../src/config/settings';
import { talk, type Told } from './talk';
import { roomyLimits, TestDesk } from '../../helpdesk/embedded/zendesk/harness';

const hooks = z.object({
  webhooks: z.array(z.looseObject({ id: z.string(), name: z.string(), endpoint: z.string() })),
});

export class Connecting {
  readonly desk: TestDesk;
  readonly stateDir: string;
  /** What the environment says; a test may change it. */
  env: Record<string, string>;

  /** How far the desk's clock is ahead of this machine's; a test may change it. */
  readonly clock: { aheadMs: number };

  private constructor(desk: TestDesk, stateDir: string, clock: { aheadMs: number }) {
    this.desk = desk;
    this.clock = clock;
    this.stateDir = stateDir;
    const { apiUrl, email, token } = desk.desk.credentials;
    this.env = {
      DESKHAND_STATE_DIR: stateDir,
      ZENDESK_API_URL: apiUrl,
      ZENDESK_EMAIL: email,
      ZENDESK_API_TOKEN: token,
    };
  }

  static async start(): Promise<Connecting> {
    const clock = { aheadMs: 0 };
    const desk = await TestDesk.start({
      ...{ limits: roomyLimits, delivery: { retryMs: 10 } },
      clock: () => Date.now() + clock.aheadMs,
    });
    return new Connecting(desk, await mkdtemp(path.join(tmpdir(), 'deskhand-connect-')), clock);
  }

  /** @returns what was said. */
  connect(options: ConnectOptions = {}, more: Told = {}): Promise<string> {
    return this.connectAgain({ publicUrl: 'http://127.0.0.1:9', ...options }, more);
  }

  /** Without saying where Deskhand is. */
  connectAgain(options: ConnectOptions = {}, more: Told = {}): Promise<string> {
    return this.run(connectDesk, { yes: true, ...options }, more);
  }

  /** What the doctor says of it; what it finds wrong is thrown. */
  doctor(): Promise<string> {
    const settings = readSettings(this.env);
    if (settings.desk.kind === 'embedded') throw new Error('no Zendesk is set');
    return describeConnection(settings, settings.desk);
  }

  /**
   * What the doctor's checks of the account, or of the policy beside it, find wrong: a line each, after the check's name;
   * empty: nothing.
   */
  async troubles(what: 'account' | 'policy' = 'account'): Promise<string> {
    const settings = readSettings(this.env);
    const checks =
      what === 'policy'
        ? policyChecks(settings)
        : [
            { name: 'desk', run: () => deskWords(settings) },
            { name: 'webhook', run: () => this.doctor() },
          ];
    const found = await Promise.all(
      checks.map(async ({ name, run }) =>
        run().then(
          () => [],
          async (error: unknown) => [`${name}: ${await explainFailure(error)}`],
        ),
      ),
    );
    return found.flat().join('\n');
  }

  disconnect(options: DisconnectOptions = {}, more: Told = {}): Promise<string> {
    return this.run(disconnectDesk, { yes: true, ...options }, more);
  }

  async views() {
    const { body } = await this.desk.get('/api/v2/views');
    return z.object({ views: z.array(z.looseObject({ id: z.number(), title: z.string() })) }).parse(body)
      .views;
  }

  async triggers() {
    const { body } = await this.desk.get('/api/v2/triggers');
    return z.object({ triggers: z.array(z.looseObject({ id: z.number(), title: z.string() })) }).parse(body)
      .triggers;
  }

  async webhooks() {
    return hooks.parse((await this.desk.get('/api/v2/webhooks')).body).webhooks;
  }

  async stop(): Promise<void> {
    await this.desk.stop();
    await rm(this.stateDir, { recursive: true, force: true });
  }

  private run(command: typeof disconnectDesk, options: DisconnectOptions, told: Told): Promise<string> {
    return talk((from) => command('zendesk', options, from), this.env, told);
  }
}
