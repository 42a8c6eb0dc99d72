/** Amounts of memory of a service, where -1 stands for no limit. */
import * as amounts from '../../policy/amounts';

/** `undefined` for what is no amount. */
export function bytesOf(value: string | number | undefined): number | undefined {
  return Number(value) === -1 ? -1 : amounts.bytesOf(value);
}
