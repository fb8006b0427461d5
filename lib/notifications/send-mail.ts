import 'server-only';
import { createTransport } from 'nodemailer';
import type { DeliveryOutcome } from '../deliveries/types';
import { excerptOf } from '../outgoing/send-request';
import type { Message } from './compose-message';

const patienceMs = 10_000;

/**
 * Sends a message to all recipients through a mail server.
 *
 * @param smtpUrl  `smtp://user:password@host:587`; from the environment, so it may be of this network
 * @returns the server's own last words; a recipient whom it refused stands in them
 */
export async function sendMail(
  smtpUrl: string,
  { from, to }: { from: string; to: readonly string[] },
  message: Message,
): Promise<DeliveryOutcome> {
  const transport = createTransport(smtpUrl, {
    from,
  });
  Object.assign(transport.options, {
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  try {
    const sent = await transport.sendMail({
      from,
      to: [...to],
      subject: message.account ? `${message.title} · ${message.account}` : message.title,
      text: toText(message),
      html: toHtml(message),
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const refused = (sent.rejected ?? []).map((each) => (typeof each === 'string' ? each : each.address));
    const answer = excerptOf([sent.response, ...refused.map((each) => `${each}: refused`)].join('; '));
    return { ok: true, status: statusOf(sent.response), answer };
  } catch (error) {
    return toFailure(error);
  } finally {
    transport.close();
  }
}

/** nodemailer's errors carry the server's answer, and its code where there was one. */
function toFailure(error: unknown): DeliveryOutcome {
  const {
    code = '',
    responseCode,
    response,
  } = error as {
    code?: string;
    responseCode?: number;
    response?: string;
  };
  const status = responseCode ?? null;
  const answer = response === undefined ? {} : { answer: excerptOf(response) };
  if (status !== null) {
    // RFC 5321, 4.2.1: 4yz may pass later, 5yz will not.
    return { ok: false, status, error: 'refused', ...answer, retry: status < 500 };
  }
  const kind =
    code === 'EDNS'
      ? 'hostUnknown'
      : code === 'ETIMEDOUT'
        ? 'timeout'
        : code === 'ETLS'
          ? 'certificate'
          : code === 'EAUTH'
            ? 'refused'
            : code === 'ECONNECTION' || code === 'ESOCKET'
              ? 'connectionRefused'
              : 'unexpected';
  return { ok: false, status, error: kind, ...answer, retry: true };
}

function statusOf(response: string): number | null {
  const [, code] = /^(\d{3})/.exec(response) ?? [];
  return code === undefined ? null : Number(code);
}

function toText({ title, account, text, link, footer }: Message): string {
  return [
    account ? `${account}\n\n${title}` : title,
    text,
    `${link.text}: ${link.url}`,
    `-- \n${footer}`,
  ].join('\n\n');
}

function toHtml({ title, account, text, link, footer, locale }: Message): string {
  const style = 'font-family:system-ui,PingFang SC,Microsoft YaHei,sans-serif;color:#1a1a18;max-width:560px';
  const button =
    'display:inline-block;background:#0a7a43;color:#ffffff;padding:10px 18px;border-radius:6px;text-decoration:none';
  const quiet = 'color:#6b6b66;font-size:13px';
  return [
    `<!doctype html><html lang="${locale}"><body style="margin:24px"><div style="${style}">`,
    account ? `<p style="${quiet}">${escapeHtml(account)}</p>` : '',
    `<h1 style="font-size:20px">${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(text)}</p>`,
    `<p><a style="${button}" href="${escapeHtml(link.url)}">${escapeHtml(link.text)}</a></p>`,
    `<p style="${quiet}">${escapeHtml(footer)}</p>`,
    '</div></body></html>',
  ].join('');
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
