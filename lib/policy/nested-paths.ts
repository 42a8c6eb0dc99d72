/** Paths of which one is, or lies in, another; in one sweep over the sorted paths. */

/**
 * Pairs `[outer, inner]`: each place with the nearest outer place around it. A place can only be
 * around others when `isOuter` says so; by default all can. Never more pairs than places.
 */
export function nestedPaths<T extends { readonly path: string }>(
  places: readonly T[],
  isOuter: (place: T) => boolean = () => true,
): [outer: T, inner: T][] {
  const sorted = places
    .map((place) => ({ place, key: withSlash(place.path), outer: isOuter(place) }))
    // Of two equal paths the outer one comes first.
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : Number(b.outer) - Number(a.outer)));
  const pairs: [T, T][] = [];
  const around: typeof sorted = [];
  for (const current of sorted) {
    while (around.length > 0 && !current.key.startsWith(around.at(-1)!.key)) around.pop();
    const outer = around.at(-1);
    if (outer) pairs.push([outer.place, current.place]);
    if (current.outer) around.push(current);
  }
  return pairs;
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
