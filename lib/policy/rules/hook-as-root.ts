import { eachService } from '../checks';
import type { Rule, Violation } from '../rule';
import { parseUser } from '../user-spec';
import { listOf, recordOf, show, textOf } from '../values';

/** Hooks run as the service does. */
export const hookAsRoot: Rule = {
  id: 'hook-as-root',
  title: 'No lifecycle hook runs as root',
  severity: 'error',
  acknowledgeable: true,
  why: 'A hook runs inside the container, on files that an agent may have changed by then; as root it changes what the agent could not.',
  fix: 'remove user from the hook; do in the Dockerfile what needs root',
  threats: ['K1', 'S2'],
  controls: ['least-privilege'],
  check: eachService((service) => {
    if (!service.post_start && !service.pre_stop && !service.develop) return undefined;
    const found: Violation[] = [];
    const look = (hook: unknown, property: string) => {
      const { user } = recordOf(hook);
      if (user === undefined) return;
      // A name, or a variable without a default, may be root.
      const { uid } = parseUser(textOf(user) ?? '0');
      if (uid === undefined || uid === 0) {
        found.push({ property: `${property}.user`, message: `runs as ${show(user)}` });
      }
    };
    listOf(service.post_start).forEach((hook, index) => look(hook, `post_start.${index}`));
    listOf(service.pre_stop).forEach((hook, index) => look(hook, `pre_stop.${index}`));
    listOf(recordOf(service.develop).watch).forEach((watch, index) =>
      look(recordOf(watch).exec, `develop.watch.${index}.exec`),
    );
    return found;
  }),
};
