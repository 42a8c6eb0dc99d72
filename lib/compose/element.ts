/**
 * What synthesis asks of a construct that stands for one entry of a Compose document. An interface
 * and a brand instead of the class, so that lib needs no construct, and so that a construct of
 * another installed copy of this package is recognized too.
 */
import type { IConstruct } from 'constructs';
import type { SchemaProblem } from './problem';

/** The sections of a document that hold named elements. */
export type ComposeSection = 'services' | 'networks' | 'volumes' | 'secrets' | 'configs' | 'models';

export const COMPOSE_ELEMENT: unique symbol = Symbol.for('sandbox-cdk.ComposeElement');

/** One entry of a Compose document. */
export interface IComposeElement extends IConstruct {
  readonly section: ComposeSection;
  /** The entry's key in its section. */
  readonly elementName: string;
  /** The entry as it stands now; can be called any number of times. */
  render(): RenderedElement;
}

export interface RenderedElement {
  /** Plain data in the Compose spelling, with `EnvRef`s as leaves; the caller's to change. */
  readonly value: Record<string, unknown>;
  /** What could not be rendered. The value is not yet validated. */
  readonly problems: readonly SchemaProblem[];
}

/** True for an L1 construct, also for one made by another installed copy of this package. */
export function isComposeElement(construct: IConstruct): construct is IComposeElement {
  return COMPOSE_ELEMENT in construct;
}
