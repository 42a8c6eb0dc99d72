/** What validating found, as a test report: a suite for each service, a case for each wall. */
import { isFailure, type SandboxReport, type WallResult } from '../../engine/report';
import { inertLine } from './inert';

export function toJunit(reports: readonly SandboxReport[]): string {
  const suites = reports.flatMap(({ sandbox, services }) =>
    services.map(({ service, results }) => suite(`${sandbox}/${service}`, results)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function suite(name: string, results: readonly WallResult[]): string {
  const failures = results.filter(isFailure).length;
  const skipped = results.filter((each) => each.verdict !== 'proven' && !isFailure(each)).length;
  const counts = `tests="${results.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  const cases = results.map((result) => testCase(name, result)).join('');
  return `  <testsuite name="${escape(name)}" ${counts}>\n${cases}  </testsuite>\n`;
}

function testCase(suiteName: string, result: WallResult): string {
  const { id, title, verdict, evidence, allowed, accepted = [] } = result;
  const head = `    <testcase classname="${escape(suiteName)}" name="${escape(`${id} ${title}`)}"`;
  if (verdict === 'proven') return `${head}/>\n`;
  const text = escape(inertLine(evidence));
  if (isFailure(result)) {
    return `${head}>\n      <failure type="${verdict}" message="${text}"/>\n    </testcase>\n`;
  }
  const reasons = [allowed ?? '', ...accepted.map(({ rule, reason }) => `${rule}: ${reason}`)];
  const why = escape(inertLine(reasons.filter(Boolean).join('; ')));
  return `${head}>\n      <skipped message="${verdict}, accepted: ${why}"/>\n    </testcase>\n`;
}

/** Also what XML 1.0 has no characters for: half a surrogate pair, U+FFFE and U+FFFF. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
