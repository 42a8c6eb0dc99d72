/** Proves the walls of one running sandbox: collects what can be seen, and lets every probe judge it. */
import type { OutputSandbox } from '../assembly/read';
import { acceptancesIn, type Acceptances } from './accepted';
import type { ContainerInspect } from './api';
import type { EngineClient } from './client';
import { findDeployment, inspectContainer, type DeployedContainer } from './deployment';
import { describeSandbox, type DescribedSandbox } from './described';
import type { Environment } from './environment';
import { collectService } from './evidence/collect';
import { collectEngine, type EngineEvidence } from './evidence/engine';
import { findHostPid } from './evidence/host';
import type { ServiceEvidence } from './evidence/service';
import { PROBES } from './probes';
import { drift } from './probes/drift';
import type { Probe } from './probes/probe';
import { areProven, wallResult, type SandboxReport, type ServiceReport } from './report';
import { rememberVerdict } from './state';
import { composeVariables } from './variables';
import { broken, unproven, type Judgement } from './verdict';

export type { Acceptance, SandboxReport, ServiceReport, WallResult } from './report';

export interface ValidateOptions {
  /** The person's own. */
  readonly env: Environment;
  /** Reasons by probe: walls that may stay unproven. */
  readonly allowUnproven: ReadonlyMap<string, string>;
  /** The folder as Compose reads it, where somebody has asked already. */
  readonly described?: DescribedSandbox;
}

/**
 * The report is remembered too, for `status`.
 *
 * @throws EngineError when the engine cannot be reached, or Compose refuses the folder
 */
export async function validateSandbox(
  client: EngineClient,
  sandbox: OutputSandbox,
  options: ValidateOptions,
): Promise<SandboxReport> {
  const [{ project, containers }, engine] = await Promise.all([
    findDeployment(client, sandbox, 'all'),
    collectEngine(client),
  ]);
  const described = options.described
    ? Promise.resolve(options.described)
    : describeSandbox(sandbox, composeVariables(options.env, engine.info));
  described.catch(() => undefined); // awaited below; a failure must not go unhandled until then
  const inspected = await Promise.all(containers.map(({ Id }) => inspectContainer(client, Id)));
  const { own, others } = sortOut(containers, inspected);
  const evidence = await collectAll(client, sandbox, engine, own, described);
  const whole = await described;
  // What could not be seen because the engine went away says nothing about the walls.
  await client.get('/version');
  const known = Object.keys(whole.services);
  const undescribed = [...own].filter(([service]) => !known.includes(service));
  const seen = { sandbox, described: whole, engine, evidence, accepted: acceptancesIn(sandbox) };
  const services = [
    ...known.map((service) => judgeService(service, seen, options.allowUnproven)),
    ...[...undescribed.map(([, container]) => container), ...others].map(judgeStray),
  ];
  const report = { sandbox: sandbox.name, project, isProven: areProven(services), services };
  const ids = Object.fromEntries(containers.map(({ service, Id }) => [service, Id]));
  rememberVerdict(sandbox, options.env, report, ids);
  return report;
}

interface SortedOut {
  /** The running container of each service. */
  readonly own: ReadonlyMap<string, ContainerInspect>;
  /** Others that run in the name of the folder: a second one of a service, or of `compose run`. */
  readonly others: readonly ContainerInspect[];
}

function sortOut(
  containers: readonly DeployedContainer[],
  inspected: readonly ContainerInspect[],
): SortedOut {
  const own = new Map<string, ContainerInspect>();
  const others: ContainerInspect[] = [];
  for (const [index, { service, isOneOff }] of containers.entries()) {
    const container = inspected[index]!;
    if (!container.State.Running) continue;
    if (isOneOff || own.has(service)) others.push(container);
    else own.set(service, container);
  }
  return { own, others };
}

/** Nobody has said what its walls are. */
function judgeStray({ Name }: ContainerInspect): ServiceReport {
  const judgement = broken('runs in the name of this folder, and is not described in it');
  return {
    service: Name.replace(/^\//, ''),
    results: [wallResult(drift, judgement, undefined, [])],
  };
}

function collectAll(
  client: EngineClient,
  sandbox: OutputSandbox,
  engine: EngineEvidence,
  running: ReadonlyMap<string, ContainerInspect>,
  described: Promise<DescribedSandbox>,
): Promise<readonly ServiceEvidence[]> {
  return Promise.all(
    [...running].map(([service, container]) =>
      collectService({
        client,
        engine,
        sandbox,
        service,
        described: described.then(({ services }) => services[service] ?? {}),
        container,
        hostPid: findHostPid(container),
      }),
    ),
  );
}

interface Seen {
  readonly sandbox: OutputSandbox;
  readonly described: DescribedSandbox;
  readonly engine: EngineEvidence;
  readonly evidence: readonly ServiceEvidence[];
  readonly accepted: Acceptances;
}

function judgeService(
  service: string,
  { sandbox, described, engine, evidence, accepted }: Seen,
  allowUnproven: ReadonlyMap<string, string>,
): ServiceReport {
  const own = evidence.find((each) => each.service === service);
  const peers = evidence.filter((each) => each !== own);
  const judge = (probe: Probe): Judgement =>
    own
      ? probe.judge({ sandbox, described, service: own, peers, engine })
      : unproven('the service does not run');
  const judgements = new Map(PROBES.map((probe) => [probe, judge(probe)]));
  // What was changed on the container itself, no program can have accepted.
  const isAsDescribed = judgements.get(drift)!.verdict !== 'broken';
  const results = Array.from(judgements, ([probe, judgement]) => {
    const mayBeAccepted = judgement.verdict === 'broken' && isAsDescribed;
    const why = mayBeAccepted ? accepted(probe.id, service) : [];
    return wallResult(probe, judgement, allowUnproven.get(probe.id), why);
  });
  return { service, results };
}
