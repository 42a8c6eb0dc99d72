/** A program inside a container, run over the Engine API: what it says, apart, and how it ends. */
import { carry, write, type Streams } from './carry';
import type { EngineClient } from './client';
import { demultiplexer, type Channel } from './frames';
import { ProgramInside, type ExecInspect } from './program-inside';

export interface Execution {
  readonly command: readonly string[];
  /** `uid:gid`. Default: the container's own user. */
  readonly user?: string;
  readonly workingDir?: string;
  /** `NAME=value` each. */
  readonly env?: readonly string[];
}

export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program that reads nothing, and keeps all that it says. */
export async function capture(
  client: EngineClient,
  container: string,
  execution: Execution,
): Promise<Captured> {
  const id = await create(client, container, execution, false);
  const response = await client.stream('POST', `/exec/${id}/start`, {
    body: { Detach: false, Tty: false },
  });
  const said: Record<Channel, Buffer[]> = { stdout: [], stderr: [] };
  const read = demultiplexer((channel, data) => said[channel].push(data));
  for await (const chunk of client.chunksOf(response)) read(chunk);
  return {
    exitCode: exitCodeOf(await new ProgramInside(client, container, id).ended()),
    stdout: Buffer.concat(said.stdout).toString('utf8'),
    stderr: Buffer.concat(said.stderr).toString('utf8'),
  };
}

export interface Watching {
  /** The program is about to start. */
  readonly onStart?: (program: ProgramInside) => void;
  /** A reader of its output has gone. */
  readonly onGone?: (program: ProgramInside) => void;
}

/** Runs a program with its three streams connected; gives its exit code. */
export async function connect(
  client: EngineClient,
  container: string,
  execution: Execution,
  streams: Streams,
  { onStart, onGone }: Watching = {},
): Promise<number> {
  const id = await create(client, container, execution, streams.stdin !== undefined);
  const program = new ProgramInside(client, container, id);
  onStart?.(program);
  const socket = await client.upgrade(`/exec/${id}/start`, { Detach: false, Tty: false });
  const complaint = await carry(socket, streams, () => onGone?.(program));
  const end = await program.ended();
  if (!complaint) return exitCodeOf(end);
  const hasStarted = end.Pid !== 0;
  await write(hasStarted ? streams.stdout : streams.stderr, complaint);
  return !hasStarted && NOT_FOUND.test(complaint.toString()) ? 127 : exitCodeOf(end);
}

/** Engine 20.10 gives 126 for it, where shells and later engines give 127. */
const NOT_FOUND = /executable file not found|no such file or directory/;

async function create(
  client: EngineClient,
  container: string,
  { command, user, workingDir, env }: Execution,
  hasInput: boolean,
): Promise<string> {
  const { Id } = await client.post<{ Id: string }>(`/containers/${container}/exec`, {
    body: {
      AttachStdin: hasInput,
      AttachStdout: true,
      AttachStderr: true,
      Tty: false,
      Cmd: command,
      User: user,
      WorkingDir: workingDir,
      Env: env,
    },
  });
  return Id;
}

function exitCodeOf({ ExitCode }: ExecInspect): number {
  return ExitCode ?? 255;
}
