/** What the other system runs; addresses are this installation's own. */
export function samplesOf(publicUrl: string, accountId: string) {
  return {
    curl: `curl -X POST ${publicUrl}/api/v1/bindings \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
  -d '{"accountId": "${accountId}", "externalUserId": "user-1024", "expireSeconds": 300}'

curl ${publicUrl}/api/v1/bindings/$ID -H "Authorization: Bearer $KEY"`,
    browser: `// Server: keep the key, hand url and eventsUrl to the page.
const made = await fetch('${publicUrl}/api/v1/bindings', {
  method: 'POST',
  headers: { authorization: \`Bearer \${KEY}\`, 'content-type': 'application/json' },
  body: JSON.stringify({ accountId: '${accountId}', externalUserId: user.id }),
}).then((answer) => answer.json());

// Page: draw made.url as a QR code, then listen.
const source = new EventSource(made.eventsUrl);
source.addEventListener('scanned', () => { source.close(); showBound(); });
source.addEventListener('expired', () => { source.close(); offAnother(); });`,
    webhook: `import { createHmac, timingSafeEqual } from 'node:crypto';

// body: the text as it came, before any parsing.
export function onWebhook(headers, body) {
  const [, t, v1] = /^t=(\\d+),v1=([0-9a-f]{64})$/.exec(headers['qudao-signature'] ?? '') ?? [];
  const wanted = createHmac('sha256', SECRET).update(\`\${t}.\${body}\`).digest();
  const isGenuine = v1 && timingSafeEqual(Buffer.from(v1, 'hex'), wanted);
  if (!isGenuine || Math.abs(Date.now() / 1000 - t) > 300) return 401;
  const { id, type, data } = JSON.parse(body); // the same id may come twice
  if (type === 'binding.scanned') bind(data.externalUserId, data.openid);
  return 200;
}`,
  };
}
