import 'server-only';
import { invalidField } from '../errors';
import { type ColumnNames, matchColumns } from './match-columns';
import { readTable, type TableFile } from './read-table';
import type { MatchedColumn, WrittenRow } from './types';

/**
 * Rows of a file, its columns matched by name.
 *
 * @param onHeader  told the columns before the first row
 * @throws AppError VALIDATION_FAILED  as `readTable`; or no column is known
 */
export async function* readMatchedRows<Field extends string>(
  file: TableFile,
  names: ColumnNames<Field>,
  onHeader: (columns: MatchedColumn<Field>[]) => void,
): AsyncGenerator<WrittenRow<Field>> {
  let fields: (Field | null)[] | null = null;
  for await (const { line, cells, issues } of readTable(file)) {
    if (fields === null) {
      fields = matchColumns(names, cells);
      onHeader(cells.map((name, place) => ({ name, field: fields?.[place] ?? null })));
      if (fields.every((field) => field === null)) {
        throw invalidField('columns', 'columnsUnknown', 'no column has a known name, such as label or 名称');
      }
      continue;
    }
    const values: WrittenRow<Field>['values'] = {};
    for (const [place, field] of fields.entries()) if (field !== null) values[field] = cells[place] ?? '';
    yield { line, values, issues };
  }
}
