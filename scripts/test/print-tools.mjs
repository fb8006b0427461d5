import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Programs that read print files without knowing us, and the packages of Debian that hold them. */
const packages = {
  pdftoppm: 'poppler-utils',
  pdftotext: 'poppler-utils',
  zbarimg: 'zbar-tools',
  gs: 'ghostscript',
};

const folders = (process.env.PATH ?? '').split(':');
const find = (program) =>
  folders.map((folder) => `${folder}/${program}`).find((file) => existsSync(file)) ?? null;

let hasTried = false;

/** Installs what is missing where we may; once a process. */
function installMissing() {
  if (hasTried || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  hasTried = true;
  const missing = Object.entries(packages).filter(([program]) => !find(program));
  const apt = (args) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      timeout: 240_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt(['update', '-qq']);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...new Set(missing.map(([, name]) => name))]);
}

/** The path of a program, installed by apt when it is missing and we may; null when there is none to be had. */
export function findOrInstallTool(program) {
  const present = find(program);
  if (present) return present;
  installMissing();
  return find(program);
}
