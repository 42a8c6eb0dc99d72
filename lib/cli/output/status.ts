/** The state of sandboxes as a table that fits a terminal of 80 columns. */
import type { SandboxStatus, ServiceStatus } from '../../engine/status';
import type { Format, Style } from '../io';
import { inertLine } from './inert';
import { renderTable } from './table';

const HEAD = ['SERVICE', 'STATE', 'FOR', 'CPU %', 'MEMORY', 'PIDS', 'WALLS'];

/** @param now milliseconds since the epoch */
export function renderStatus(
  sandboxes: readonly SandboxStatus[],
  style: Style,
  now: number,
): string {
  const services = sandboxes.flatMap(({ sandbox, services }) =>
    services.map((service) => ({ name: `${sandbox}/${service.service}`, service })),
  );
  const table = (first: (name: string) => string) =>
    renderTable(
      HEAD,
      services.map(({ name, service }) => [first(name), ...cells(service, now)]),
    );
  const whole = table((name) => name);
  const fits = whole.split('\n').every((line) => line.length <= COLUMNS);
  // Where they would not fit, names stand on lines of their own.
  const [head, ...lines] = (fits ? whole : table(() => '')).trimEnd().split('\n');
  const rows = lines.flatMap((line, index) => {
    const { name, service } = services[index]!;
    return [
      ...(fits ? [line] : [name, line]).map((each) => style(colourOf(service), each)),
      ...remarks(service).map((remark) => `  ${remark}`),
    ];
  });
  return `${[style('bold', head!), ...rows].join('\n')}\n`;
}

const COLUMNS = 80;

function cells(service: ServiceStatus, now: number): string[] {
  const { usage = {} } = service;
  return [
    stateOf(service),
    service.state === 'running' ? duration(now - Date.parse(service.startedAt!)) : '',
    amounts(usage.cpuPercent?.toFixed(0), usage.cpuLimitPercent?.toFixed(0)),
    amounts(bytes(usage.memoryBytes), bytes(usage.memoryLimitBytes)),
    amounts(usage.pids, usage.pidsLimit),
    walls(service),
  ];
}

function stateOf({ state, health }: ServiceStatus): string {
  return state === 'running' && health !== undefined && health !== 'none' ? health : state;
}

function walls({ verdict }: ServiceStatus): string {
  if (verdict === undefined) return 'not proven';
  const { broken, unproven } = verdict.counts;
  // The worse of the two: both would not fit.
  if (broken > 0) return `${broken} broken`;
  return unproven > 0 ? `${unproven} unproven` : 'proven';
}

/** What a person should not miss. */
function remarks(service: ServiceStatus): string[] {
  const { restarts = 0, exitCode, finishedAt, state, isDescribed } = service;
  return [
    ...(state === 'none' ? ['was never started'] : []),
    ...(isDescribed === false ? ['is not in the folder any more'] : []),
    ...(exitCode !== undefined && state !== 'created'
      ? [`ended with exit code ${exitCode} at ${finishedAt}`]
      : []),
    ...(restarts > 0 ? [`restarted ${times(restarts)} by the engine`] : []),
    ...memoryRemark(service),
    ...checkRemark(service),
  ];
}

function memoryRemark({ outOfMemory, usage }: ServiceStatus): string[] {
  const kills = usage?.oomKills ?? 0;
  if (kills > 0)
    return [`killed for want of memory: ${kills} ${kills === 1 ? 'process' : 'processes'}`];
  return outOfMemory ? ['killed for want of memory'] : [];
}

const LONGEST_REMARK = COLUMNS - 2;

/** The health check begins with what is broken. */
function checkRemark({ failedCheck }: ServiceStatus): string[] {
  if (!failedCheck) return [];
  const words = inertLine(failedCheck.output) || `exit code ${failedCheck.exitCode}`;
  const remark = `check: ${words}`;
  return [remark.length > LONGEST_REMARK ? `${remark.slice(0, LONGEST_REMARK - 1)}…` : remark];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function colourOf({ state, health }: ServiceStatus): Format {
  if (state === 'running') return health === 'unhealthy' ? 'red' : 'green';
  return state === 'paused' || state === 'restarting' || state === 'dead' ? 'red' : 'dim';
}

function amounts(used: string | number | undefined, limit: string | number | undefined): string {
  if (used === undefined) return '';
  return limit === undefined ? String(used) : `${used}/${limit}`;
}

const UNITS = ['B', 'K', 'M', 'G', 'T'];

/** `512M`, `1.5G` */
export function bytes(value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  let amount = value;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount < 10 && unit > 0 ? Number(amount.toFixed(1)) : Math.round(amount)}${UNITS[unit]}`;
}

const STEPS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** The two largest units: `3d4h`, `12m`, `5s`. */
export function duration(milliseconds: number): string {
  let rest = Math.max(0, milliseconds);
  const parts: string[] = [];
  for (const [unit, size] of STEPS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join('') || '0s';
}
