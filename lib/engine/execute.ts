/** A program inside a container, run over the Engine API: what it says, apart, and how it ends. */
import { EngineError } from '../core/errors';
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

/** An agent can have a hand in what a program says, and in whether it ends. */
export interface CaptureLimits {
  /** Of each stream. */
  readonly bytes: number;
  readonly milliseconds: number;
}

export const CAPTURE_LIMITS: CaptureLimits = { bytes: 1024 * 1024, milliseconds: 60_000 };

/**
 * Runs a program that reads nothing, and keeps all that it says.
 *
 * @throws EngineError ENGINE_REFUSED for one that says too much, or does not end: it is left to itself
 */
export async function capture(
  client: EngineClient,
  container: string,
  execution: Execution,
  limits = CAPTURE_LIMITS,
): Promise<Captured> {
  const id = await create(client, container, execution, false);
  const deadline = AbortSignal.timeout(limits.milliseconds);
  try {
    const said = await listen(client, id, limits.bytes, deadline);
    const end = await new ProgramInside(client, container, id).ended(deadline);
    return { exitCode: exitCodeOf(end), ...said };
  } catch (error) {
    if (!deadline.aborted) throw error;
    throw givenUp(`did not end in ${limits.milliseconds / 1000} s`);
  }
}

async function listen(
  client: EngineClient,
  id: string,
  most: number,
  signal: AbortSignal,
): Promise<Record<Channel, string>> {
  const body = { Detach: false, Tty: false };
  // Silence is no fault: the deadline is what ends the waiting.
  const response = await client.stream('POST', `/exec/${id}/start`, { body, timeout: 0, signal });
  const said: Record<Channel, Buffer[]> = { stdout: [], stderr: [] };
  const length: Record<Channel, number> = { stdout: 0, stderr: 0 };
  const read = demultiplexer((channel, data) => {
    length[channel] += data.length;
    if (length[channel] > most) throw givenUp(`said too much: more than ${most} bytes`);
    said[channel].push(data);
  });
  for await (const chunk of client.chunksOf(response)) read(chunk);
  return {
    stdout: Buffer.concat(said.stdout).toString('utf8'),
    stderr: Buffer.concat(said.stderr).toString('utf8'),
  };
}

function givenUp(why: string): EngineError {
  return new EngineError('ENGINE_REFUSED', `the program inside ${why}`);
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
