/** Runs as somebody to whom files can be closed: root may read everything. */
export function asNobody<T>(action: () => T): T {
  if (process.getuid!() !== 0) return action();
  process.seteuid!(65534);
  try {
    return action();
  } finally {
    process.seteuid!(0);
  }
}
