/** The state of sandboxes as a table that fits a terminal of 80 columns. */
import type { SandboxStatus, ServiceStatus } from '../../engine/status';
import type { Format, Style } from '../io';
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
  const table = renderTable(
    HEAD,
    services.map(({ name, service }) => [name, ...cells(service, now)]),
  );
  const [head, ...lines] = table.trimEnd().split('\n');
  const rows = lines.flatMap((line, index) => {
    const { service } = services[index]!;
    return [style(colourOf(service), line), ...remarks(service).map((remark) => `  ${remark}`)];
  });
  return `${[style('bold', head!), ...rows].join('\n')}\n`;
}

function cells(service: ServiceStatus, now: number): string[] {
  const { state, health, usage = {}, verdict } = service;
  const counts = verdict?.counts;
  return [
    state === 'running' && health !== undefined && health !== 'none' ? health : state,
    state === 'running' ? duration(now - Date.parse(service.startedAt!)) : '',
    amounts(usage.cpuPercent?.toFixed(0), usage.cpuLimitPercent?.toFixed(0)),
    amounts(bytes(usage.memoryBytes), bytes(usage.memoryLimitBytes)),
    amounts(usage.pids, usage.pidsLimit),
    counts === undefined
      ? 'not proven'
      : counts.broken > 0
        ? `${counts.broken} broken` // the worse of the two: both would not fit
        : counts.unproven > 0
          ? `${counts.unproven} unproven`
          : 'proven',
  ];
}

/** What a person should not miss. */
function remarks({
  restarts = 0,
  outOfMemory,
  exitCode,
  finishedAt,
  state,
}: ServiceStatus): string[] {
  return [
    ...(exitCode !== undefined && state !== 'created'
      ? [`ended with exit code ${exitCode} at ${finishedAt}`]
      : []),
    ...(restarts > 0 ? [`restarted ${restarts} times by the engine`] : []),
    ...(outOfMemory ? ['killed for want of memory'] : []),
  ];
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
