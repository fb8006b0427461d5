/**
 * The query of an address as an object for a schema. An empty value counts as left out, and a name that comes twice as a
 * list, which no schema of a single value takes.
 */
export function readQuery(url: string): Record<string, string | string[]> {
  const { searchParams } = new URL(url);
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = searchParams.getAll(name).filter((value) => value !== '');
      const [first] = values;
      return first === undefined ? [] : [[name, values.length === 1 ? first : values]];
    }),
  );
}
