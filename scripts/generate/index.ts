/** `npm run generate`: makes the source files that are not kept in git. */
import { join } from 'node:path';
import { generateCompose, GENERATED_FOLDERS } from './compose';
import { readComposeSchema } from './json-schema';
import { generateTemplates, TEMPLATES_FOLDER } from './templates';
import { writeGenerated } from './write';

const root = join(__dirname, '..', '..');
const files = generateCompose(readComposeSchema(root));
const changed = writeGenerated(root, GENERATED_FOLDERS, files);
console.error(`generate: ${files.size} files, ${changed.length} changed`);
writeGenerated(root, [TEMPLATES_FOLDER], generateTemplates(root));
