/** The check that rules about `security_opt` share. */
import { eachService } from './checks';
import type { Rule } from './rule';
import { securityOptionsOf, type SecurityOption } from './security-options';
import { show } from './values';

/** Finds the security options that are not allowed. */
export function securityOptions(isWrong: (option: SecurityOption) => boolean): Rule['check'] {
  return eachService(({ security_opt: options }) => {
    if (options === undefined) return undefined;
    const wrong = securityOptionsOf(options).filter(isWrong);
    if (wrong.length === 0) return undefined;
    return wrong.map(({ index, text }) => ({
      property: `security_opt.${index}`,
      message: `received ${show(text)}`,
    }));
  });
}
