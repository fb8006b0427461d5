import type { Locale } from '@/lib/i18n/locales';

/**
 * Fetches a file and saves it under the name that the server gave it. A link would leave the page when the server refuses.
 *
 * @param fallback  the sentence for a server that cannot be reached
 * @returns the sentence of a refusal, or null when the file was saved
 */
export async function downloadImage(
  address: string,
  locale: Locale,
  fallback: string,
): Promise<string | null> {
  const response = await fetch(address, { headers: { 'accept-language': locale } }).catch(() => null);
  if (!response?.ok) {
    const problem: unknown = await response?.json().catch(() => null);
    return isProblem(problem) ? problem.detail : fallback;
  }
  const objectUrl = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = objectUrl;
  link.download = fileNameOf(response.headers.get('content-disposition')) ?? '';
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(objectUrl), 10_000);
  return null;
}

function isProblem(value: unknown): value is { detail: string } {
  return typeof value === 'object' && value !== null && 'detail' in value && typeof value.detail === 'string';
}

/** RFC 6266: the name in UTF-8. */
function fileNameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : null;
}
