// npm start, npm run dev: from a fresh clone to a served page, with Node and npm alone.
import { generateIfStale } from './generate.mjs';
import { fail, installIfMissing } from './install.mjs';
import { loadTypeScript } from './load-typescript.mjs';

installIfMissing();
try {
  generateIfStale();
} catch (error) {
  fail(`The database client could not be generated: ${error.message}`);
}
const { serve } = await loadTypeScript('./serve/serve.ts', import.meta.url);
await serve({ isDevelopment: process.argv.includes('--dev') });
