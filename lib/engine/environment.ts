/** The environment of the command. Below lib/cli nobody reads `process.env`: it is handed down. */
export type Environment = Readonly<Record<string, string | undefined>>;
