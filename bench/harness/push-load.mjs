// A process of its own that sends prepared POSTs over kept connections and tells how long each took: a bare client, so that
// what is measured is the server.
import net from 'node:net';

/** @param {{ port: number, path: string, body: string }} request */
function toBytes({ port, path, body }) {
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}

class Connection {
  #socket;
  #answer = '';
  #settle = null;
  #isClosed = false;

  static open(port) {
    const connection = new Connection();
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(connection));
      socket.setNoDelay(true);
      socket.setEncoding('latin1');
      socket.once('error', reject);
      socket.on('data', (text) => connection.#read(text));
      socket.on('close', () => {
        connection.#isClosed = true;
        connection.#settle?.(0);
      });
      connection.#socket = socket;
    });
  }

  /** @returns {Promise<number>} the status; 0: the connection was cut */
  send(bytes) {
    if (this.#isClosed) return Promise.resolve(0);
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#settle = null;
    this.#socket.destroy();
  }

  #read(text) {
    this.#answer += text;
    const end = this.#answer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /content-length: (\d+)/i.exec(this.#answer);
    const isWhole = length
      ? this.#answer.length >= end + 4 + Number(length[1])
      : this.#answer.endsWith('\r\n0\r\n\r\n');
    if (!isWhole) return;
    const status = Number(this.#answer.slice(9, 12));
    this.#answer = '';
    this.#settle?.(status);
  }
}

/** As fast as the server answers. */
async function flood({ ports, requests, connections }) {
  const open = await Promise.all(
    Array.from({ length: connections }, (_, i) => Connection.open(ports[i % ports.length])),
  );
  let next = 0;
  let refused = 0;
  const began = performance.now();
  await Promise.all(
    open.map(async (connection, i) => {
      for (let at = next++; at < requests.length; at = next++) {
        const bytes = toBytes({ port: ports[i % ports.length], ...requests[at] });
        if ((await connection.send(bytes)) !== 200) refused += 1;
      }
    }),
  );
  const ms = performance.now() - began;
  for (const connection of open) connection.close();
  return { ms, refused };
}

/** At an even pace, whether or not the server keeps up: the time runs from when a request was due. */
async function pace({ ports, requests, perSecond }) {
  const idle = [];
  const waits = [];
  let refused = 0;
  const began = performance.now();
  await Promise.all(
    requests.map(async (request, i) => {
      const due = began + (i * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const connection = idle.pop() ?? (await Connection.open(ports[0]));
      if ((await connection.send(toBytes({ port: ports[0], ...request }))) !== 200) refused += 1;
      waits.push(performance.now() - due);
      idle.push(connection);
    }),
  );
  for (const connection of idle) connection.close();
  waits.sort((a, b) => a - b);
  return { p50: waits[Math.floor(waits.length / 2)], p99: waits[Math.floor(waits.length * 0.99)], refused };
}

process.on('message', async (order) => {
  const result = await (order.perSecond ? pace(order) : flood(order));
  process.send(result);
});
