import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asset, render } from '../../lib/templates/render';

const ROOT = join(__dirname, '..', '..');

describe('templates', () => {
  test('refuse data that lacks a variable, instead of leaving a hole', () => {
    expect(() => render('Dockerfile', { title: 'x' })).toThrow(/"?baseImage"? not defined/);
  });

  test('are compiled beforehand: neither they nor the compiler are loaded at run time', () => {
    const loaded = Object.keys(require.cache).filter((path) => path.includes('handlebars'));
    expect(loaded.filter((path) => path.includes('/compiler/'))).toEqual([]);
  });
});

describe('static files', () => {
  test.each(['entrypoint.sh', 'healthcheck.py'] as const)(
    '%s is the file of lib/templates',
    (name) => {
      expect(asset(name)).toBe(readFileSync(join(ROOT, 'lib', 'templates', name), 'utf8'));
    },
  );

  test('have LF endings and end with one', () => {
    for (const name of ['entrypoint.sh', 'healthcheck.py'] as const) {
      expect(asset(name)).not.toContain('\r');
      expect(asset(name).endsWith('\n')).toBe(true);
    }
  });
});
