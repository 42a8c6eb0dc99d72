/** docs/RULES.md and docs/THREATS.md say what the rules say. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CONTROLS } from '../../lib/policy/controls';
import { OTHER_FINDINGS } from '../../lib/policy/other-findings';
import { RULES } from '../../lib/policy/rules';
import { RULES_DOCUMENT, rulesDocument } from '../../scripts/rules-doc';

const THREATS_DOCUMENT = path.join(__dirname, '../../docs/THREATS.md');

/** The text below each heading of the third level. */
function sectionsOf(markdown: string): Map<string, string> {
  const [, ...sections] = markdown.split(/^### /m);
  return new Map(
    sections.map((section) => {
      const [heading = '', ...rest] = section.split('\n');
      return [heading, rest.join('\n')];
    }),
  );
}

const linkedRules = (text: string) =>
  Array.from(text.matchAll(/\]\(RULES\.md#([a-z0-9-]+)\)/g), ([, id]) => id!);

describe('docs/RULES.md', () => {
  test('is what scripts/rules-doc.ts writes', () => {
    expect(fs.readFileSync(RULES_DOCUMENT, 'utf8')).toBe(rulesDocument());
  });

  test('has a section for every rule and every other finding', () => {
    const sections = sectionsOf(rulesDocument());
    const ids = [...RULES, ...OTHER_FINDINGS].map(({ id }) => id);
    expect([...sections.keys()]).toEqual(ids);
  });

  test('says how to accept a finding, and of which that is impossible', () => {
    const sections = sectionsOf(rulesDocument());
    expect(sections.get('root-user')).toContain(".acknowledge('root-user', ");
    expect(sections.get('host-pid')).toContain('- Accept: never.');
  });

  test('calls no control reviewed that is not', () => {
    const rows = rulesDocument()
      .split('\n')
      .filter((line) => /\| (?:not )?reviewed +\|$/.test(line));
    expect(rows).toHaveLength(Object.keys(CONTROLS).length);
    for (const row of rows) expect(row).toContain('| not reviewed |');
  });
});

describe('docs/THREATS.md', () => {
  const sections = sectionsOf(fs.readFileSync(THREATS_DOCUMENT, 'utf8'));

  test('has a row for every threat that a rule names', () => {
    const named = new Set(RULES.flatMap(({ threats }) => threats));
    expect([...named].filter((threat) => !sections.has(threat))).toEqual([]);
  });

  test.each([...sections])(
    '%s links to the rules that name it, and to no other',
    (threat, text) => {
      const naming = RULES.filter(({ threats }) => threats.includes(threat)).map(({ id }) => id);
      expect(linkedRules(text)).toEqual(naming);
    },
  );

  test.each([...sections])('%s says what closes it and where that is seen', (_, text) => {
    expect(text).toMatch(/^\*\*.+\.\*\*\n\n- Closed by: .+\.\n- Seen: .+\.$/m);
  });
});
