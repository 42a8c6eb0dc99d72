/** Assertions about the document and the files of a sandbox. */
import type { ComposeSection } from '../compose/element';
import type { TypeName } from '../compose/schema';
import { closest } from '../core/suggest';
import { fail } from './assertion-error';
import { compare, PARTIAL } from './compare';
import { describeClosest, judge, type Candidate } from './closest-matches';
import type { TemplateContent } from './content';
import { checkExpectation } from './expectation';
import type { Matcher } from './matcher';
import { count, showText } from './show';

/** How one element of each section is called, and its type in the specification. */
const SECTIONS: Readonly<Record<ComposeSection, readonly [noun: string, type: TypeName]>> = {
  services: ['service', 'Service'],
  networks: ['network', 'Network'],
  volumes: ['volume', 'Volume'],
  secrets: ['secret', 'Secret'],
  configs: ['config', 'Config'],
  models: ['model', 'Model'],
};

/** The elements of a section by name. An element written as `null` has no properties. */
export function elementsOf(
  { document }: TemplateContent,
  section: ComposeSection,
): Readonly<Record<string, object>> {
  const elements = Object.entries((document[section] ?? {}) as Record<string, object | null>);
  return Object.fromEntries(elements.map(([name, element]) => [name, element ?? {}]));
}

/** The named element, or without a name any of its section, is as expected. */
export function assertElement(
  content: TemplateContent,
  section: ComposeSection,
  name: string | undefined,
  expected: unknown,
): void {
  const [noun, type] = SECTIONS[section];
  checkExpectation(expected, type);
  const judged = judge(expected, candidatesOf(content, section));
  if (name !== undefined && !Object.hasOwn(elementsOf(content, section), name)) {
    fail(noSuch(noun, name, Object.keys(elementsOf(content, section)), content.name));
  }
  const meant =
    name === undefined ? judged : judged.filter(({ label }) => label === `${section}.${name}`);
  const matching = meant.filter(({ result }) => result.matches);
  for (const { result } of matching) result.succeed();
  if (matching.length > 0) return;

  const others = judged.filter(({ result }) => result.matches).map(({ label }) => label);
  const hint = others.length > 0 ? `\n\n(${others.join(', ')} would match)` : '';
  const what =
    name === undefined
      ? `no ${noun} of sandbox ${content.name} is as expected; ${closestOf(meant.length, noun)}`
      : `${noun} ${name} of sandbox ${content.name} is not as expected`;
  fail(withDetails(what, describeClosest(meant)) + hint);
}

/** Every element of the section is as expected, and there is one. */
export function assertAllElements(
  content: TemplateContent,
  section: ComposeSection,
  expected: unknown,
): void {
  const [noun, type] = SECTIONS[section];
  checkExpectation(expected, type);
  const judged = judge(expected, candidatesOf(content, section));
  const wrong = judged.filter(({ result }) => !result.matches);
  if (judged.length === 0) fail(`sandbox ${content.name} has no ${noun} at all`);
  if (wrong.length > 0) {
    const what = `${wrong.length} of ${count(judged.length, noun)} of sandbox ${content.name} ${wrong.length === 1 ? 'is' : 'are'} not as expected`;
    fail(withDetails(what, describeClosest(wrong)));
  }
  for (const { result } of judged) result.succeed();
}

/** The elements that are as expected, by name. */
export function findElements(
  content: TemplateContent,
  section: ComposeSection,
  expected: unknown,
): Record<string, object> {
  checkExpectation(expected, SECTIONS[section][1]);
  const found = Object.entries(elementsOf(content, section))
    .map(([name, element]) => ({ name, element, result: compare(expected, element, PARTIAL) }))
    .filter(({ result }) => result.matches);
  for (const { result } of found) result.succeed();
  return Object.fromEntries(found.map(({ name, element }) => [name, element]));
}

/** The section has exactly so many elements. */
export function assertCount(
  content: TemplateContent,
  section: ComposeSection,
  expected: number,
): void {
  const names = Object.keys(elementsOf(content, section));
  if (names.length === expected) return;
  const listed = names.length > 0 ? `: ${names.join(', ')}` : '';
  const wanted = count(expected, SECTIONS[section][0]);
  fail(`expected ${wanted} in sandbox ${content.name} but found ${names.length}${listed}`);
}

/** The document as a whole is as expected. */
export function assertDocument(content: TemplateContent, expected: unknown): void {
  checkExpectation(expected, 'Document');
  const [judged] = judge(expected, [{ label: content.name, value: content.document }]);
  if (judged!.result.matches) {
    judged!.result.succeed();
    return;
  }
  const what = `the document of sandbox ${content.name} is not as expected`;
  fail(withDetails(what, describeClosest([judged!])));
}

/** The content of a file. */
export function contentOfFile({ name, files }: TemplateContent, path: string): string {
  const content = files.get(path);
  return content ?? fail(noSuch('file', path, [...files.keys()], name));
}

/** The file is there, and as expected. */
export function assertFile(
  content: TemplateContent,
  path: string,
  expected: string | Matcher | undefined,
): void {
  const actual = contentOfFile(content, path);
  if (expected === undefined) return;
  const [judged] = judge(expected, [{ label: path, value: actual }]);
  if (judged!.result.matches) {
    judged!.result.succeed();
    return;
  }
  const details = judged!.result.mismatches.map(({ message }) => `  ${message}`).join('\n');
  fail(`file ${path} of sandbox ${content.name} is not as expected\n${details}`);
}

/** There is no `noun` of that name: did you mean …? */
export function noSuch(
  noun: string,
  name: string,
  names: readonly string[],
  sandbox: string,
): string {
  const guess = closest(name, names);
  const known = names.length === 0 ? 'there is none' : `there are: ${names.join(', ')}`;
  const advice = guess === undefined ? known : `did you mean ${guess}?`;
  return `there is no ${noun} ${showText(name)} in sandbox ${sandbox}; ${advice}`;
}

function candidatesOf(content: TemplateContent, section: ComposeSection): Candidate[] {
  return Object.entries(elementsOf(content, section)).map(([name, value]) => ({
    label: `${section}.${name}`,
    value,
  }));
}

function closestOf(amount: number, noun: string): string {
  return amount === 0 ? 'there is none' : `the closest of ${count(amount, noun)}:`;
}

function withDetails(what: string, details: string): string {
  return details === '' ? what : `${what}\n\n${details}`;
}
