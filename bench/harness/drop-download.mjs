// A process of its own that downloads one address as fast as it comes and drops it, as a browser writes to a disk: told the
// address it says when the first byte is there, told to stop it says how much has come.
const stopping = new AbortController();
let state = null;

async function download({ url, apiKey }) {
  const began = performance.now();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${apiKey}` },
    signal: stopping.signal,
  });
  if (!response.ok) throw new Error(`The export answered ${response.status}: ${await response.text()}`);
  state = { began, bytes: 0, total: Number(response.headers.get('content-length')), isWhole: false };
  let isFirst = true;
  for await (const chunk of response.body) {
    state.bytes += chunk.length;
    if (isFirst) process.send({ ms: performance.now() - began });
    isFirst = false;
  }
  state.isWhole = true;
}

process.on('message', (order) => {
  if (order.url) {
    download(order).catch((error) => {
      if (!stopping.signal.aborted) process.send({ error: String(error.message) });
    });
    return;
  }
  const { began, bytes, total, isWhole } = state;
  process.send({ ms: performance.now() - began, bytes, total, isWhole });
  stopping.abort();
});
