/** The zod pieces that props of several constructs share. */
import * as z from 'zod';
import { EnvRef } from './env-ref';
import { problemOfName } from './names';
import { Size } from './size';
import { Duration } from './duration';

/** Compose's YAML and Docker's API carry everything but these; they have no honest use in a value. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029\ufeff]/;

/** Any one-line or many-line text without control characters and without lone surrogates. */
export const text = z
  .string('a text')
  .refine(
    (value) => !CONTROL.test(value) && value.isWellFormed(),
    'a text without control characters',
  );

/** One line of text. */
export const line = text.refine((value) => !/[\r\n]/.test(value), 'one line of text');

/** A service, sandbox, or volume name. */
export const name = z.string('a name').superRefine((value, context) => {
  const allowed = problemOfName(value);
  if (allowed !== undefined) context.addIssue(allowed);
});

/** An absolute path inside a container: `/workspace/fixtures`. */
export const containerPath = line.refine(
  (value) =>
    /^\/[^:]*$/.test(value) && value !== '/' && !/(^|\/)\.{1,2}(\/|$)|\/\/|\/$/.test(value),
  'an absolute path inside the container, not /, without ., .., doubled or final slashes and colons',
);

/** A path on the host, relative to the project folder or absolute. */
export const hostPath = line.refine(
  (value) => value.trim() !== '',
  'a path relative to the project folder, or absolute',
);

/** Text, or a value known only when the sandbox starts. */
const textOrEnvRef = z.union([text, envRef()], 'a text or an EnvRef');

/** Environment variables by name. */
export const environment = z.record(
  z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_]*$/,
      'a variable name: letters, digits and _, not starting with a digit',
    ),
  textOrEnvRef,
);

/** Labels by key. */
export const labels = z.record(
  line.refine((key) => /^[^\s=]+$/.test(key), 'a label key without spaces and ='),
  line,
);

/** A Linux user or group id that is not root's. */
const nonRootId = z
  .int('a whole number')
  .min(1, 'a number from 1 to 4294967294; 0 is root')
  .max(4_294_967_294, 'a number from 1 to 4294967294');

export const size = instance(Size, 'a Size, such as Size.gibibytes(4)');

export const duration = instance(Duration, 'a Duration, such as Duration.seconds(30)');

export function envRef() {
  return z.custom<EnvRef>((value) => EnvRef.is(value), 'an EnvRef');
}

/** An object of a class, with a message that names the class the user should make. */
export function instance<T>(type: { readonly prototype: T }, allowed: string) {
  return z.custom<T>((value) => value instanceof (type as unknown as new () => T), allowed);
}

/** User and group a service runs as. */
export const user = z.strictObject({
  uid: z.union([nonRootId, envRef()]),
  gid: z.union([nonRootId, envRef()]),
});
