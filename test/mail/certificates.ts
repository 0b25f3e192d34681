/** A company's own certificate authority, and servers' certificates by it; all made anew for a run of the tests. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 86_400_000;

export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateAuthority {
  /** PEM, as NODE_EXTRA_CA_CERTS takes it. */
  readonly cert: string;
  /** @param days - from when to when it is good, in days from now. */
  certify(host: string, days?: { readonly from: number; readonly until: number }): Promise<ServerCertificate>;
}

export async function createAuthority(name: string): Promise<CertificateAuthority> {
  const keys = await newKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=${name}`,
      keys,
      signingAlgorithm: algorithm,
      notBefore: daysFromNow(-30),
      notAfter: daysFromNow(30),
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      ],
    },
    webcrypto,
  );
  return {
    cert: authority.toString('pem'),
    async certify(host, { from, until } = { from: -1, until: 1 }) {
      const own = await newKeys();
      const certificate = await x509.X509CertificateGenerator.create(
        {
          subject: `CN=${host}`,
          issuer: authority.subject,
          publicKey: own.publicKey,
          signingKey: keys.privateKey,
          signingAlgorithm: algorithm,
          notBefore: daysFromNow(from),
          notAfter: daysFromNow(until),
          extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
        },
        webcrypto,
      );
      const key = await webcrypto.subtle.exportKey('pkcs8', own.privateKey);
      return { key: x509.PemConverter.encode(key, 'PRIVATE KEY'), cert: certificate.toString('pem') };
    },
  };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * day);
}
