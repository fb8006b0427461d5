import { spawn } from 'node:child_process';
import { root } from '../install.mjs';

/** Runs a command with its output shown. @returns its exit code */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

export function runNode(script, args = [], env = {}) {
  return run(process.execPath, [script, ...args], env);
}
