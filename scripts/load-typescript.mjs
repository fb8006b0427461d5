// Loads the project's TypeScript in plain Node, as a server: `server-only` throws anywhere but in a React server bundle.
import { register } from 'node:module';

const hook = `export async function resolve(specifier, context, next) {
  return specifier === 'server-only' ? { url: 'data:text/javascript,', shortCircuit: true } : next(specifier, context);
}`;

export async function loadTypeScript(specifier, from) {
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(specifier, from);
}
