// npm run backup, npm run restore.
import { generateIfStale } from './generate.mjs';
import { installIfMissing } from './install.mjs';
import { loadTypeScript } from './load-typescript.mjs';

const [command, file] = process.argv.slice(2);
installIfMissing();
generateIfStale();
const { runCommand } = await loadTypeScript('./backup/backup.ts', import.meta.url);
process.exit(await runCommand(command, file));
