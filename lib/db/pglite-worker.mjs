// PGlite blocks the loop it runs on, so it lives in this thread. The parent talks PostgreSQL's wire protocol to it over
// message ports, and so the same driver (node-postgres) serves both databases.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

const TERMINATE = 0x58; // 'X'
const SSL_REQUEST = 80877103;

function backendMessage(type, body) {
  const message = Buffer.alloc(5 + body.length);
  message.write(type, 0, 'latin1');
  message.writeInt32BE(4 + body.length, 1);
  body.copy(message, 5);
  return message;
}

function parameterStatus(name, value) {
  return backendMessage('S', Buffer.from(`${name}\0${value}\0`));
}

/** What a server says to a client that has logged in: PostgreSQL protocol 3.0, "Start-up". */
const greeting = Buffer.concat([
  backendMessage('R', Buffer.alloc(4)),
  parameterStatus('server_version', '17.0'),
  parameterStatus('client_encoding', 'UTF8'),
  parameterStatus('standard_conforming_strings', 'on'),
  parameterStatus('integer_datetimes', 'on'),
  parameterStatus('DateStyle', 'ISO, MDY'),
  backendMessage('K', Buffer.alloc(8)),
  backendMessage('Z', Buffer.from('I')),
]);

/** The wire that owns PGlite's one session. node-postgres replaces a client whose query failed, so wires follow each other. */
let owner = null;
let work = Promise.resolve();

class Wire {
  #port;
  #pending = Buffer.alloc(0);
  #isStarted = false;

  constructor(port) {
    this.#port = port;
  }

  #send(bytes) {
    const copy = Uint8Array.from(bytes);
    this.#port.postMessage(copy, [copy.buffer]);
  }

  /** Takes the start-up packet, which alone has no type byte; false while it is not all there. */
  async #takeStartup(db) {
    if (this.#pending.length < 8) return false;
    const length = this.#pending.readInt32BE(0);
    if (this.#pending.length < length) return false;
    const isSslRequest = length === 8 && this.#pending.readInt32BE(4) === SSL_REQUEST;
    this.#pending = this.#pending.subarray(length);
    if (isSslRequest) {
      this.#send(Buffer.from('N'));
      return true;
    }
    if (owner !== null) await forgetSession(db);
    owner = this;
    this.#isStarted = true;
    this.#send(greeting);
    return true;
  }

  #takeMessage() {
    if (this.#pending.length < 5) return null;
    const end = 1 + this.#pending.readInt32BE(1);
    if (this.#pending.length < end) return null;
    const message = this.#pending.subarray(0, end);
    this.#pending = this.#pending.subarray(end);
    return message;
  }

  async receive(db, bytes) {
    this.#pending = this.#pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#pending, bytes]);
    while (!this.#isStarted) if (!(await this.#takeStartup(db))) return;
    for (let message = this.#takeMessage(); message !== null; message = this.#takeMessage()) {
      if (owner !== this) return;
      if (message[0] === TERMINATE) return await this.end(db);
      await db.runExclusive(() =>
        db.execProtocolRawStream(Uint8Array.from(message), {
          syncToFs: true,
          onRawData: (data) => this.#send(data),
        }),
      );
    }
  }

  async end(db) {
    if (owner === this) await forgetSession(db);
    this.#port.close();
  }
}

async function forgetSession(db) {
  owner = null;
  await db.exec('ROLLBACK').catch(() => undefined);
  await db.exec('DISCARD ALL').catch(() => undefined);
}

function inOrder(task) {
  work = work.then(task).catch((error) => parentPort.postMessage({ error: String(error) }));
}

try {
  const { dataDir, dump } = workerData;
  const db = await PGlite.create({
    ...(dataDir ? { dataDir } : {}),
    ...(dump ? { loadDataDir: new Blob([dump]) } : {}),
  });
  parentPort.on('message', ({ command, port }) => {
    if (command === 'wire') {
      const wire = new Wire(port);
      port.on('message', (bytes) => inOrder(() => wire.receive(db, bytes)));
      port.on('close', () => inOrder(() => wire.end(db)));
    }
    if (command === 'dump') {
      inOrder(async () => {
        const file = await db.dumpDataDir('none');
        parentPort.postMessage({ dump: new Uint8Array(await file.arrayBuffer()) });
      });
    }
    if (command === 'close') {
      inOrder(async () => {
        await db.close();
        parentPort.postMessage({ closed: true });
        parentPort.close();
      });
    }
  });
  parentPort.postMessage({ ready: true });
} catch (error) {
  parentPort.postMessage({ error: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
