import { type ChildProcess, spawn } from 'node:child_process';
import { StartError } from './start-error';

/**
 * The stand-in WeChat as a child process. It ends with this process, however that one ends: it watches the channel.
 */
export class SimulatorProcess {
  #child: ChildProcess | null = null;

  constructor(
    private readonly port: number,
    private readonly stateFile: string,
  ) {}

  async start(): Promise<void> {
    if (this.#child !== null) return;
    const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts'], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, SIMULATOR_PORT: String(this.port), SIMULATOR_STATE_FILE: this.stateFile },
    });
    this.#child = child;
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('error', (error) =>
        reject(new StartError(`The stand-in WeChat cannot start: ${error.message}`)),
      );
      child.once('exit', () =>
        reject(new StartError(complaint.trim() || 'The stand-in WeChat ended before it was ready.')),
      );
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(timer);
  }
}
