/**
 * What validating found, for machines that gather results of checks (SARIF 2.1.0). A wall that holds is
 * told too (`kind: pass`): that a wall was looked at is half of the proof.
 */
import * as path from 'node:path';
import { COMPOSE_FILE } from '../../assembly/manifest';
import { isFailure, type SandboxReport, type WallResult } from '../../engine/report';
import { PROBES } from '../../engine/probes';
import { inertLine } from './inert';

export interface SarifContext {
  readonly version: string;
  /** Where paths in the report start from. */
  readonly projectDir: string;
  /** Folders of the sandboxes, by name. */
  readonly folders: Readonly<Record<string, string>>;
  /** Text of a compose file; `undefined` when it cannot be read. */
  readonly read: (file: string) => string | undefined;
}

export function toSarif(reports: readonly SandboxReport[], context: SarifContext): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sandbox-cdk',
            version: context.version,
            rules: PROBES.map(({ id, title, why, fix }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: fix },
            })),
          },
        },
        results: reports.flatMap((report) => resultsOf(report, context)),
      },
    ],
  };
}

function resultsOf({ sandbox, services }: SandboxReport, context: SarifContext): object[] {
  const file = path.join(context.folders[sandbox] ?? '', COMPOSE_FILE);
  const lines = (context.read(file) ?? '').split('\n');
  const uri = path
    .relative(context.projectDir, file)
    .split(path.sep)
    .map(encodeURIComponent)
    .join('/');
  return services.flatMap(({ service, results }) => {
    const location = {
      physicalLocation: {
        artifactLocation: { uri },
        region: { startLine: lineOf(service, lines) },
      },
      logicalLocations: [{ fullyQualifiedName: `${sandbox}/${service}` }],
    };
    return results.map((result) => toResult(result, `${sandbox}/${service}`, location));
  });
}

/** The line at which the service begins. Names have no characters of patterns. */
function lineOf(service: string, lines: readonly string[]): number {
  const at = lines.findIndex((line) => line === `  ${service}:`);
  return at < 0 ? 1 : at + 1;
}

function toResult(result: WallResult, where: string, location: object): object {
  const { id, title, verdict, evidence } = result;
  const reasons = reasonsOf(result);
  return {
    ruleId: id,
    kind: verdict === 'proven' ? 'pass' : verdict === 'broken' ? 'fail' : 'review',
    // Only what failed has a level (SARIF 2.1.0, section 3.27.10).
    level: verdict === 'broken' ? 'error' : 'none',
    message: { text: `${where}: ${title}: ${inertLine(evidence)}` },
    locations: [location],
    ...(!isFailure(result) &&
      reasons.length > 0 && {
        suppressions: reasons.map((text) => ({ kind: 'external', justification: text })),
      }),
  };
}

function reasonsOf({ allowed, accepted = [] }: WallResult): string[] {
  return [
    ...(allowed === undefined ? [] : [allowed]),
    ...accepted.map(({ rule, reason }) => `${rule}: ${reason}`),
  ];
}
