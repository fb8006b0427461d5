import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** A PostgreSQL that several processes share, or a folder for one process with an embedded database. */
export type ServerDatabase = { url: string } | { dataDir: string };

export type Server<Order> = {
  /** Where it answers HTTP, if it does. */
  port: number;
  ask: <T>(order: Order) => Promise<T>;
  kill: () => Promise<void>;
};

/** Starts a server process of this folder and waits until it says that it is ready. */
export async function startServer<Order extends object>(
  script: string,
  database: ServerDatabase,
  base: string,
): Promise<Server<Order>> {
  const child = spawn(process.execPath, [path.join(process.cwd(), 'scripts', 'fault-test', script)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...('url' in database
        ? { DATABASE_URL: database.url }
        : { DATA_DIR: database.dataDir, DATABASE_URL: '' }),
      APP_SECRET: 'a secret for the fault test, long enough',
      WECHAT_API_BASE: base,
      WECHAT_MP_BASE: base,
      LOG_LEVEL: 'silent',
      NODE_ENV: 'production',
    },
  });
  const { port = 0 } = await next(child, (message) => message.ready === true);
  return {
    port,
    async ask<T>(order: Order): Promise<T> {
      const answer = next(child, (message) => 'value' in message || 'error' in message);
      child.send(order);
      const { value, error } = await answer;
      if (error !== undefined) throw new Error(error);
      return value as T;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

type Message = { ready?: true; port?: number; value?: unknown; error?: string };

function next(child: ChildProcess, wanted: (message: Message) => boolean): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`a server process ended with ${code}`));
    const onMessage = (message: Message) => {
      if (!wanted(message)) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(message);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}
