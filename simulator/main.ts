import { Simulator } from './server';

const DEFAULT_PORT = 3100;

/** SIMULATOR_PORT, 0 for any free one. */
function portOf(value: string | undefined): number {
  if (value === undefined || value === '') return DEFAULT_PORT;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    fail(`SIMULATOR_PORT must be a port from 0 to 65535, not "${value}".`);
  return port;
}

/** One sentence and no stack trace. */
function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function sentenceFor(error: NodeJS.ErrnoException, port: number): string {
  const file = process.env.SIMULATOR_STATE_FILE ?? '';
  if (error.syscall === 'listen' && error.code === 'EADDRINUSE') {
    return `The stand-in WeChat cannot start: port ${port} is taken. Set SIMULATOR_PORT to a free one.`;
  }
  if (error.syscall === 'listen' && error.code === 'EACCES') {
    return `The stand-in WeChat cannot start: this user may not listen on port ${port}. Set SIMULATOR_PORT to one above 1023.`;
  }
  if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EISDIR') {
    return `The stand-in WeChat cannot start: SIMULATOR_STATE_FILE ${file} cannot be written.`;
  }
  return `The stand-in WeChat cannot start: ${error.message}`;
}

async function main(): Promise<void> {
  const port = portOf(process.env.SIMULATOR_PORT);
  const simulator = new Simulator({ stateFile: process.env.SIMULATOR_STATE_FILE || undefined });
  const actual = await simulator.listen(port).catch((error: NodeJS.ErrnoException) => {
    fail(sentenceFor(error, port));
  });

  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    simulator.close().finally(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // The parent's end of the channel closes however the parent dies, SIGKILL included.
  process.on('disconnect', end);
  if (process.send) process.send({ ready: true, port: actual });
  else process.stdout.write(`Stand-in WeChat: http://127.0.0.1:${actual}\n`);
}

main();
