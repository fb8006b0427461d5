/** Names that people give to the columns of each field, in Chinese and English, bare (see below). */
export type ColumnNames<Field extends string> = Record<Field, readonly string[]>;

/** Compared without spaces, signs and letter case. */
const bare = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.()[\]（）:：*"']/g, '');

/**
 * What each column of a table holds, by its name. Of two columns of one name the first counts.
 *
 * @returns null where a name is not known: such a column is not used
 */
export function matchColumns<Field extends string>(
  names: ColumnNames<Field>,
  header: readonly string[],
): (Field | null)[] {
  const fields = Object.keys(names) as Field[];
  const taken = new Set<Field>();
  return header.map((name) => {
    const field = fields.find((each) => names[each].includes(bare(name))) ?? null;
    if (field === null || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}
