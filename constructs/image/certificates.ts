/**
 * A company's certificate authorities, read from files of the host. Each certificate is parsed and
 * written anew, so that nothing else of the file, a private key least of all, gets into an output
 * folder that people commit.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';

/** One certificate of the build context. */
export interface CaCertificate {
  /** `acme-root.crt`; the ending is the one that update-ca-certificates looks for. */
  readonly fileName: string;
  /** PEM, one certificate, LF endings. */
  readonly pem: string;
}

export interface ReadCertificates {
  /** By file name. */
  readonly certificates: readonly CaCertificate[];
  /** What is wrong with which file; every file's problem, not only the first. */
  readonly problems: readonly { readonly message: string; readonly fix: string }[];
}

/** A bundle of every public authority has about 250 KB. */
const MAX_BYTES = 1_000_000;
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Reads PEM or DER files; a PEM file may hold several certificates. */
export function readCertificates(paths: readonly string[], projectDir: string): ReadCertificates {
  const found = new Map<string, string>();
  const problems: { message: string; fix: string }[] = [];
  for (const path of paths) {
    try {
      const pems = certificatesOf(readBounded(resolve(projectDir, path)));
      pems.forEach((pem, index) => {
        const fileName = fileNameOf(path, pems.length > 1 ? index + 1 : undefined);
        if ((found.get(fileName) ?? pem) !== pem) {
          throw new Error(`another file gives a different certificate called ${fileName}`);
        }
        found.set(fileName, pem);
      });
    } catch (error) {
      problems.push({
        message: `caCertificates: received ${JSON.stringify(path)}; ${(error as Error).message}`,
        fix: 'give files with certificates in PEM or DER form, and no private key',
      });
    }
  }
  const certificates = [...found]
    .map(([fileName, pem]) => ({ fileName, pem }))
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  return { certificates, problems };
}

function readBounded(path: string): Buffer {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error('there is no such file');
  if (!stat.isFile()) throw new Error('it is not a file');
  if (stat.size > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES} bytes`);
  return readFileSync(path);
}

// Ten thousand sandboxes of one company share their certificates; parsing each once is enough.
const parsed = new Map<string, readonly string[]>();

function certificatesOf(file: Buffer): readonly string[] {
  const key = file.toString('base64');
  const known = parsed.get(key) ?? parseCertificates(file);
  parsed.set(key, known);
  return known;
}

function parseCertificates(file: Buffer): string[] {
  const text = file.toString('latin1');
  if (PRIVATE_KEY.test(text)) throw new Error('it holds a private key');
  const pems: (string | Buffer)[] = text.includes('-----BEGIN ')
    ? (text.match(CERTIFICATE) ?? [])
    : [file];
  if (pems.length === 0) throw new Error('it holds no certificate');
  return pems.map((pem, index) => {
    try {
      return new X509Certificate(pem).toString();
    } catch {
      throw new Error(`its certificate number ${index + 1} cannot be parsed`);
    }
  });
}

function fileNameOf(path: string, number: number | undefined): string {
  const name = basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${name || 'ca'}${number === undefined ? '' : `-${number}`}.crt`;
}
