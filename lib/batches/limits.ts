import { maxTableRows } from '../tables/limits';

export const maxBatchRows = maxTableRows;
export const maxKeyCharacters = 200;
export const maxTemplateCharacters = 200;
