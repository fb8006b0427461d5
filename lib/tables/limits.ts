// Bounds of a table that is read, told to people by the forms and kept by the server.
export const maxTableRows = 100_000;
export const maxFileBytes = 67_108_864;
export const maxJsonRowsBytes = 33_554_432;
export const maxColumns = 64;
export const maxCellCharacters = 2_000;
