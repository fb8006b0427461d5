import type { BenchRow } from './table';

/**
 * One thing to be timed. `repeat` runs make one measure, so that what takes microseconds is above the clock's grain; a measure
 * should stay near a millisecond, or another process's turn falls into every one of them.
 */
export type Contender = {
  label: string;
  run: () => unknown;
  repeat: number;
  /** Measures in a round, 1 when left out: more for what is quick. */
  turns?: number;
  note?: string;
};

/**
 * Times all contenders in turn, round after round, so that a machine that slows down slows all of them.
 *
 * @param rounds  each contender has its turns in every one; the median of all its measures is told
 * @param about   label of the row that `ratio` compares with
 */
export async function timeInterleaved(
  contenders: Contender[],
  rounds: number,
  about: string,
): Promise<BenchRow[]> {
  const times = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  const mostTurns = Math.max(...contenders.map(({ turns = 1 }) => turns));
  const contendersOfRound = Array.from({ length: mostTurns }, (_, turn) =>
    contenders.filter(({ turns = 1 }) => turn < turns),
  ).flat();
  const warmUpRounds = 2;
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const contender of contendersOfRound) {
      const start = performance.now();
      for (let i = 0; i < contender.repeat; i++) await contender.run();
      const ms = (performance.now() - start) / contender.repeat;
      if (round >= 0) times.get(contender)?.push(ms);
    }
  }
  const sorted = (contender: Contender) => (times.get(contender) ?? []).sort((a, b) => a - b);
  const at = (values: number[], part: number) => values[Math.round((values.length - 1) * part)] ?? 0;
  const base = contenders.find(({ label }) => label === about);
  const baseMs = base ? at(sorted(base), 0.5) : 0;
  return contenders.map((contender) => {
    const values = sorted(contender);
    const medianMs = at(values, 0.5);
    return {
      label: contender.label,
      medianMs,
      p10Ms: at(values, 0.1),
      p90Ms: at(values, 0.9),
      measures: values.length,
      ratio: medianMs / baseMs,
      ...(contender.note ? { note: contender.note } : {}),
    };
  });
}
