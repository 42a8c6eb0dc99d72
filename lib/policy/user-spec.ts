/** Users and groups as Compose and Dockerfiles write them: `1000:1000`, `node`, `0`. */

export interface UserSpec {
  /** Nothing for a name, which only the image can tell. */
  readonly uid?: number;
  /** Nothing for a name, or where none is given. */
  readonly gid?: number;
  /** True when a group is given at all. */
  readonly hasGroup: boolean;
}

/** Reads `user` or `user:group`. Numbers as the engine reads them: `+0` and `00` are root too. */
export function parseUser(text: string): UserSpec {
  const [user = '', group] = text.trim().split(':');
  return { uid: idOf(user), gid: idOf(group ?? ''), hasGroup: group !== undefined && group !== '' };
}

function idOf(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text.trim()) ? Math.abs(Number(text)) : undefined;
}
