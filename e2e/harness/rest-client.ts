/** `body` is what JSON there is; `text` all that came, also of a CSV. */
export type RestAnswer<T> = { status: number; body: T; text: string; headers: Headers };

/** Speaks the REST interface as a program of the company would. */
export function restClient(url: string, key: string) {
  return async function rest<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<RestAnswer<T>> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: (isJson && text ? JSON.parse(text) : null) as T,
      text,
      headers: response.headers,
    };
  };
}
