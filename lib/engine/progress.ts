/** What long work says while it goes on. The command decides how it looks. */
export type Progress = (step: Step) => void;

export interface Step {
  readonly sandbox: string;
  /** What is being done now: `building agent`. */
  readonly doing: string;
  /** A line of a program that does it, for those who watch. */
  readonly detail?: string;
}
