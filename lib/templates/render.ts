/**
 * Text of generated files. Templates are compiled and static files embedded by `npm run generate`;
 * what remains at run time is small, and loaded when the first template is rendered.
 */
import type Handlebars from 'handlebars';
import { assets } from './generated/assets';
import { templates } from './generated/templates';

/** A template of this folder, without its `.hbs`. */
export type TemplateName = keyof typeof templates;
/** A static file of this folder. */
export type AssetName = keyof typeof assets;

type Render = (data: object) => string;

const compiled = new Map<TemplateName, Render>();
/** The last text of each template: the many sandboxes of one app mostly have one image. */
const last = new Map<TemplateName, { readonly data: string; readonly text: string }>();

/**
 * The text of a template. Values are put in as they are: the caller has made sure that they mean
 * nothing to the file's own syntax.
 *
 * @throws Error when the template uses a variable that `data` does not have
 */
export function render(name: TemplateName, data: object): string {
  const key = JSON.stringify(data);
  const before = last.get(name);
  if (before?.data === key) return before.text;
  const text = load(name)(data);
  last.set(name, { data: key, text });
  return text;
}

function load(name: TemplateName): Render {
  let template = compiled.get(name);
  if (!template) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when first needed
    const runtime = require('handlebars/runtime') as typeof Handlebars;
    template = runtime.template(templates[name]);
    compiled.set(name, template);
  }
  return template;
}

/** A static file as it is. */
export function asset(name: AssetName): string {
  return assets[name];
}
