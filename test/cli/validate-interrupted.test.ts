/** Ctrl-C while `validate` looks at the walls. */
import { validate } from '../../lib/cli/commands/validate';
import { validateSandbox } from '../../lib/engine/validate';
import { removeFolders, written } from '../assembly/support';
import { recordedIo } from './helpers/recorded-io';

jest.mock('../../lib/engine/validate');
afterEach(removeFolders);

test('an interrupted look takes away what it needed, and then says that it was interrupted', async () => {
  let isCleared = false;
  jest.mocked(validateSandbox).mockImplementation(async () => {
    process.emit('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 100));
    isCleared = true;
    throw new Error('whatever the same Ctrl-C did');
  });
  const context = { io: { ...recordedIo(), isHeard: () => false }, cwd: '/', env: {} };
  const looking = validate(['payments'], { output: written() }, context);
  await expect(looking).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(isCleared).toBe(true);
});
