/** Names of tags as a cell of a table holds them: `门头；收银台`, with any of the signs that people put between. */
export function splitTags(text: string): string[] {
  return text
    .split(/[;；、]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
