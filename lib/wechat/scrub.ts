export type Scrub = (text: string) => string;

/**
 * Makes a function that blots out secrets in a text that others wrote (an errmsg, a socket's error), in the forms in
 * which they may come back: as they are, URL-encoded, and each part of a header such as `Bearer abc…`.
 */
export function createScrub(secrets: readonly (string | null | undefined)[]): Scrub {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (!secret) continue;
    const parts = [secret, ...secret.split(/[\s=]+/).filter((part) => part.length >= 8)];
    for (const part of parts) {
      forms.add(part);
      forms.add(encodeURIComponent(part));
    }
  }
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((clean, form) => clean.replaceAll(form, '***'), text);
}
