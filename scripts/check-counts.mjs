// npm run check-counts [-- --mend]: sets all counts of scans against their events; with --mend makes them agree.
import { generateIfStale } from './generate.mjs';
import { installIfMissing } from './install.mjs';
import { loadTypeScript } from './load-typescript.mjs';

installIfMissing();
generateIfStale();
const { runCheckCounts } = await loadTypeScript('./counts/check-counts.ts', import.meta.url);
process.exit(await runCheckCounts(process.argv.includes('--mend')));
