export type PrintTool = 'pdftoppm' | 'pdftotext' | 'zbarimg' | 'gs';

/** The path of a program, installed by apt when it is missing and we may; null when there is none to be had. */
export function findOrInstallTool(program: PrintTool): string | null;
