/**
 * The verdict on one host path: is it, does it lie in, or does it contain something that no
 * sandbox may see? A walk down a tree that is built from the data once, when first asked.
 */
import { CREDENTIALS_ANYWHERE, ENGINE_SOCKET, HOME_PLACES } from './sensitive-paths';
import { PATH_GROUPS, SESSION_SOCKET, type PathGroup, type PathKind } from './sensitive-paths';

export interface PathVerdict {
  readonly kind: PathKind;
  /** How the path received relates to the sensitive one. */
  readonly relation: 'is' | 'lies in' | 'contains';
  /** The sensitive path, as the list names it: `~/.ssh`. */
  readonly place: string;
  /** What is there, in words. */
  readonly what: string;
}

/** Most dangerous first: where several are true, the first is told. */
const ORDER: readonly PathKind[] = [
  'root',
  'engine-socket',
  'home',
  'credentials',
  'session-socket',
  'display-socket',
  'system',
];

/** The verdict on a canonical path; nothing for one that is nobody else's. */
export function classifyPath(parts: readonly string[]): PathVerdict | undefined {
  return byName(parts) ?? byPlace(parts);
}

/** The more dangerous of two verdicts. */
export function worse(a: PathVerdict | undefined, b: PathVerdict | undefined) {
  if (!a || !b) return a ?? b;
  return ORDER.indexOf(b.kind) < ORDER.indexOf(a.kind) ? b : a;
}

/** Sockets and credential folders are known by their name, wherever they lie. */
function byName(parts: readonly string[]): PathVerdict | undefined {
  const last = parts.at(-1);
  if (last === undefined) return undefined;
  const socket = { relation: 'is', place: last } as const;
  if (ENGINE_SOCKET.test(last)) {
    return { kind: 'engine-socket', ...socket, what: 'the socket of a container engine' };
  }
  if (SESSION_SOCKET.test(last)) {
    return { kind: 'session-socket', ...socket, what: 'a socket of the user’s session' };
  }
  const folder = parts.find((part) => CREDENTIALS_ANYWHERE.has(part));
  if (folder === undefined) return undefined;
  const relation = folder === last ? 'is' : 'lies in';
  return { kind: 'credentials', relation, place: folder, what: 'credentials' };
}

interface Mark extends Pick<PathGroup, 'kind' | 'what' | 'only'> {
  readonly place: string;
}

class Node {
  readonly named = new Map<string, Node>();
  /** Components with a known beginning: `ssh-*`. */
  readonly prefixed: [prefix: string, node: Node][] = [];
  /** Any other component. */
  other?: Node;
  mark?: Mark;
  /** The most dangerous of what lies below. */
  contains?: Mark;

  find(part: string): Node | undefined {
    return (
      this.named.get(part) ??
      this.prefixed.find(([prefix]) => part.startsWith(prefix))?.[1] ??
      this.other
    );
  }
}

let tree: Node | undefined;

function byPlace(parts: readonly string[]): PathVerdict | undefined {
  let node: Node | undefined = (tree ??= buildTree());
  let around: Mark | undefined;
  for (const part of parts) {
    node = node.find(part);
    if (!node) return verdict('lies in', around);
    if (node.mark && !node.mark.only) around = node.mark;
  }
  const exact = node.mark && node.mark.kind !== 'system' ? verdict('is', node.mark) : undefined;
  if (node.mark?.kind === 'allowed') return undefined;
  return (
    exact ??
    verdict('contains', node.contains) ??
    verdict('is', node.mark) ??
    verdict('lies in', around)
  );
}

function verdict(relation: PathVerdict['relation'], mark: Mark | undefined) {
  if (!mark || mark.kind === 'allowed') return undefined;
  return { kind: mark.kind, relation, place: mark.place, what: mark.what };
}

function buildTree(): Node {
  const root = new Node();
  const home = new Node();
  const homeGroup: PathGroup = { kind: 'home', what: 'a home folder', only: true, paths: [] };
  for (const group of PATH_GROUPS) {
    for (const place of group.paths) {
      const inHome = place.startsWith('~/');
      add(inHome ? home : root, inHome ? place.slice(2) : place, { ...group, place });
    }
  }
  home.mark = { ...homeGroup, place: '~' };
  for (const place of HOME_PLACES) {
    add(root, place, { ...homeGroup, place }, home);
  }
  return root;
}

/** Puts a mark, and a whole subtree where one is given, at a place. */
function add(start: Node, place: string, mark: Mark, subtree?: Node): void {
  const parts = place.split('/').filter((part) => part !== '');
  let node = start;
  for (const [index, part] of parts.entries()) {
    note(node, mark);
    const last = index === parts.length - 1;
    node = step(node, part, last ? subtree : undefined);
  }
  if (!subtree) node.mark = mark;
}

function note(node: Node, mark: Mark): void {
  if (mark.kind === 'allowed' || mark.kind === 'system') return;
  if (!node.contains || rank(mark) < rank(node.contains)) node.contains = mark;
}

function rank(mark: Mark): number {
  return ORDER.indexOf(mark.kind as PathKind);
}

function step(node: Node, part: string, subtree: Node | undefined): Node {
  if (part === '*') return (node.other ??= subtree ?? new Node());
  if (part.endsWith('*')) {
    const prefix = part.slice(0, -1);
    const known = node.prefixed.find(([other]) => other === prefix);
    if (known) return known[1];
    const next = new Node();
    node.prefixed.push([prefix, next]);
    return next;
  }
  const known = node.named.get(part);
  if (known) return known;
  const next = subtree ?? new Node();
  node.named.set(part, next);
  return next;
}
