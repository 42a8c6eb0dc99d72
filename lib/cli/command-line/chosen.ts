/** What parsing the command line leads to. */
import type { CommandContext } from '../context';

/** The command chosen, ready to run; gives the exit code. */
export type Chosen = (context: CommandContext) => Promise<number>;

/** Receives the command that the user chose. */
export type Choose = (chosen: Chosen) => void;
