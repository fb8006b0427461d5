/** A refusal as the server writes it (RFC 9457), its sentences in the language of the page. */
export type Problem = {
  code: string;
  detail: string;
  fields?: { field: string; code: string; message: string }[];
  /** Where it goes on: of a batch that an admin has been asked for. */
  href?: string;
};

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem | null };

/**
 * Posts a file, or nothing, and tells how much of it has gone. `fetch` cannot tell that.
 *
 * @param query  what stands beside the file; what is null or empty is left out
 * @param onSent  0…1
 * @returns a problem of null: the server was not reached, or its answer was lost
 */
export function sendBatch<T>(
  path: string,
  {
    query,
    body,
    locale,
    onSent,
    signal,
  }: {
    query: Record<string, string | number | null>;
    body: Blob | null;
    locale: string;
    onSent: (share: number) => void;
    signal: AbortSignal;
  },
): Promise<Answer<T>> {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${path}?${search}`);
    request.setRequestHeader('accept-language', locale);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 1);
    request.upload.onload = () => onSent(1);
    const lost = () => resolve({ ok: false, problem: null });
    request.onerror = lost;
    request.onabort = lost;
    request.onload = () => {
      if (request.status < 300 && request.response !== null) {
        resolve({ ok: true, value: request.response as T });
      } else resolve({ ok: false, problem: request.response as Problem | null });
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
