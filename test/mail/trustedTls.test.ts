/** Mail over TLS that is trusted: by the company's own authority, named to the process as a worker is told of it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createAuthority, type ServerCertificate } from './certificates';
import { MailServer } from './mailServer';

type Tls = 'from-the-start' | 'required';
interface Case {
  readonly name: string;
  readonly tls: Tls;
  readonly server: MailServer;
}

let folder: string;
let cases: readonly Case[];
/** What the process said of each: `<check> | <mail>`. */
let said: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-tls-'));
  const [ours, foreign] = [await createAuthority('Bean Club CA'), await createAuthority('Somebody')];
  const trusted = path.join(folder, 'ca.pem');
  await writeFile(trusted, ours.cert);
  const certificates: Readonly<Record<string, ServerCertificate>> = {
    good: await ours.certify('localhost'),
    expired: await ours.certify('localhost', { from: -3, until: -1 }),
    early: await ours.certify('localhost', { from: 1, until: 3 }),
    'of another host': await ours.certify('mail.elsewhere.example'),
    'by another authority': await foreign.certify('localhost'),
  };
  cases = await Promise.all(
    Object.entries(certificates).flatMap(([name, { key, cert }]) =>
      (['from-the-start', 'required'] as const).map(async (tls) => {
        const options = { key, cert, secure: tls === 'from-the-start', disabledCommands: [] };
        return { name, tls, server: await MailServer.start(options) };
      }),
    ),
  );
  const servers = cases.map(({ tls, server: { port } }) => ({ host: 'localhost', port, tls }));
  const script = path.join(__dirname, 'mailProcess.ts');
  const args = ['--import', 'tsx', script, JSON.stringify(servers)];
  const env = { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: trusted };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  said = stdout.trim().split('\n');
});
afterAll(async () => {
  await Promise.all(cases.map(({ server }) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

function outcome(name: string, tls: Tls): { readonly said: string; readonly received: number } {
  const place = cases.findIndex((one) => one.name === name && one.tls === tls);
  return { said: said[place] ?? '', received: cases[place]?.server.received.length ?? -1 };
}

const twice = (words: string) => `${words} | ${words}`;
const notAsked = 'the mail server could not be asked: its TLS certificate';

describe.each<Tls>(['from-the-start', 'required'])('TLS %s', (tls) => {
  test('with a certificate by the authority that NODE_EXTRA_CA_CERTS names: the mail arrives', () => {
    expect(outcome('good', tls)).toEqual({ said: 'ok | accepted', received: 1 });
  });

  test.each([
    ['expired', "has expired: it needs a new one, if this machine's clock is right (CERT_HAS_EXPIRED)"],
    ['early', "is not valid yet; check this machine's clock (CERT_NOT_YET_VALID)"],
    [
      'of another host',
      'is for another name; name it in DESKHAND_SMTP_URL as the certificate does (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
    [
      'by another authority',
      'is not trusted; NODE_EXTRA_CA_CERTS can add its issuer (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    ],
  ])('with one that is %s: nothing is sent, and why and the mend are told', (name, words) => {
    expect(outcome(name, tls)).toEqual({ said: twice(`${notAsked} ${words}`), received: 0 });
  });
});
