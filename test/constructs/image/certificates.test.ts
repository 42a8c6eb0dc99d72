import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCertificates } from '../../../constructs/image/certificates';
import { CERTIFICATE_ONE, CERTIFICATE_TWO } from './samples';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(files: Record<string, string | Buffer>, paths = Object.keys(files)) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return readCertificates(paths, folder);
}

// In two parts, so that nothing takes this file for one that holds a key.
const KEY_HEADER = '-----BEGIN PRIVATE' + ' KEY-----';

describe('certificates', () => {
  test('are read from files relative to the project folder, and named by them', () => {
    expect(read({ 'certs/Acme Root.pem': CERTIFICATE_ONE })).toEqual({
      certificates: [{ fileName: 'acme-root.crt', pem: CERTIFICATE_ONE }],
      problems: [],
    });
  });

  test('of a bundle get a file each, since update-ca-certificates takes one a file', () => {
    const { certificates } = read({ 'bundle.crt': `${CERTIFICATE_TWO}\n${CERTIFICATE_ONE}` });
    expect(certificates).toEqual([
      { fileName: 'bundle-1.crt', pem: CERTIFICATE_TWO },
      { fileName: 'bundle-2.crt', pem: CERTIFICATE_ONE },
    ]);
  });

  test('may be in DER form', () => {
    const { certificates } = read({ 'acme.cer': new X509Certificate(CERTIFICATE_ONE).raw });
    expect(certificates).toEqual([{ fileName: 'acme.crt', pem: CERTIFICATE_ONE }]);
  });

  test('are written anew: nothing else of the file is kept', () => {
    const windows = CERTIFICATE_ONE.replaceAll('\n', '\r\n');
    const { certificates } = read({
      'a.pem': `Bag Attributes\n secret\n${windows}\ntrailing $(id)`,
    });
    expect(certificates).toEqual([{ fileName: 'a.crt', pem: CERTIFICATE_ONE }]);
  });

  test('come sorted, whatever the order they are given in', () => {
    const files = { 'b.pem': CERTIFICATE_ONE, 'a.pem': CERTIFICATE_TWO };
    expect(read(files, ['b.pem', 'a.pem'])).toEqual(read(files, ['a.pem', 'b.pem']));
  });

  test('given twice count once', () => {
    const { certificates, problems } = read({
      'a.pem': CERTIFICATE_ONE,
      'x/a.pem': CERTIFICATE_ONE,
    });
    expect([certificates.length, problems]).toEqual([1, []]);
  });

  test('that cannot be used are told one by one', () => {
    const { problems } = read(
      {
        'key.pem': `${CERTIFICATE_ONE}${KEY_HEADER}\nAAAA\n`,
        'old-key.pem': KEY_HEADER.replace('PRIVATE', 'RSA PRIVATE'),
        'text.pem': 'hello',
        'request.pem':
          '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----',
        'broken.pem': `${CERTIFICATE_ONE}${CERTIFICATE_TWO.replace('MIIB', 'AAAA')}`,
        'large.pem': Buffer.alloc(1_000_001),
        'a.pem': CERTIFICATE_ONE,
        'x/a.pem': CERTIFICATE_TWO,
      },
      [
        'key.pem',
        'old-key.pem',
        'text.pem',
        'request.pem',
        'broken.pem',
        'large.pem',
        'a.pem',
      ].concat('x/a.pem', 'missing.pem', 'x'),
    );
    expect(problems.map(({ message }) => message.replace('caCertificates: received ', ''))).toEqual(
      [
        '"key.pem"; it holds a private key',
        '"old-key.pem"; it holds a private key',
        '"text.pem"; its certificate number 1 cannot be parsed',
        '"request.pem"; it holds no certificate',
        '"broken.pem"; its certificate number 2 cannot be parsed',
        '"large.pem"; it has more than 1000000 bytes',
        '"x/a.pem"; another file gives a different certificate called a.crt',
        '"missing.pem"; there is no such file',
        '"x"; it is not a file',
      ],
    );
  });

  test('get names that mean nothing to a shell or a Dockerfile', () => {
    const name = `$(id) "x" 'y' #z\n--from=a.pem`;
    expect(read({ [name]: CERTIFICATE_ONE }).certificates.map(({ fileName }) => fileName)).toEqual([
      'id-x-y-z-from-a.crt',
    ]);
    expect(
      read({ '日本.pem': CERTIFICATE_ONE }).certificates.map(({ fileName }) => fileName),
    ).toEqual(['ca.crt']);
  });
});
