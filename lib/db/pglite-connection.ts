import 'server-only';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';

/** One end of the wire between node-postgres and the database thread, in the shape of a socket. */
class WireStream extends Duplex {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super({ allowHalfOpen: false });
    this.#port = port;
    port.on('message', (bytes: Uint8Array) => {
      if (!this.destroyed) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#port.postMessage(Uint8Array.from(chunk));
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#port.close();
    done(error);
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

type FromWorker = { ready?: true; closed?: true; error?: string; dump?: Uint8Array };

export type PgliteThread = {
  /** A new wire for node-postgres' `stream` option. PGlite has one session, which belongs to the newest wire. */
  openWire: () => Duplex;
  dump: () => Promise<Uint8Array>;
  close: () => Promise<void>;
};

/**
 * Starts the embedded database in a thread of its own.
 *
 * @param source.dataDir  folder; null keeps everything in memory
 * @param source.dump     a data folder as PGlite packs it, to start from
 * @throws Error  the database cannot be opened; the message is PGlite's
 */
export async function startPglite(source: {
  dataDir: string | null;
  dump?: Uint8Array;
}): Promise<PgliteThread> {
  const worker = new Worker(
    path.join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'db', 'pglite-worker.mjs'),
    {
      workerData: { dataDir: source.dataDir, dump: source.dump },
      execArgv: [],
    },
  );
  const next = (wanted: (message: FromWorker) => boolean) =>
    new Promise<FromWorker>((resolve, reject) => {
      const settle = () => {
        worker.off('message', onMessage);
        worker.off('error', onError);
        worker.off('exit', onExit);
      };
      const onMessage = (message: FromWorker) => {
        if (message.error !== undefined) onError(new Error(message.error));
        else if (wanted(message)) {
          settle();
          resolve(message);
        }
      };
      const onError = (error: Error) => {
        settle();
        reject(error);
      };
      const onExit = () => onError(new Error('the database thread ended'));
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.on('exit', onExit);
    });

  await next((message) => message.ready === true);
  return {
    openWire() {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ command: 'wire', port: port2 }, [port2]);
      return new WireStream(port1);
    },
    async dump() {
      const answer = next((message) => message.dump !== undefined);
      worker.postMessage({ command: 'dump' });
      return (await answer).dump ?? new Uint8Array();
    },
    async close() {
      const answer = next((message) => message.closed === true);
      worker.postMessage({ command: 'close' });
      await answer;
    },
  };
}
