/** What a file of bench/ hands back from its default export, `async (): Promise<BenchTable>`. */
export type BenchTable = {
  /** The file's name, and the key in bench/results.json. */
  name: string;
  /** What is measured, in a sentence. */
  what: string;
  rows: BenchRow[];
  wanted: BenchGoal[];
};

export type BenchRow = {
  label: string;
  medianMs: number;
  /** Tenth and ninetieth percentile, in ms. */
  p10Ms: number;
  p90Ms: number;
  measures: number;
  /** How many times as long as the row that the table is about. */
  ratio: number;
  note?: string;
};

export type BenchGoal = { text: string; met: boolean; measured: string };
