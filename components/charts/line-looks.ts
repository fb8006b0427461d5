/** Told apart by dash and letter first; colour only helps. */
export const lineLooks = [
  { color: 'var(--accent)', dash: undefined, letter: 'A' },
  { color: 'var(--amber)', dash: '7 4', letter: 'B' },
  { color: 'var(--ink)', dash: '2 3', letter: 'C' },
  { color: 'var(--red)', dash: '12 3 2 3', letter: 'D' },
  { color: 'var(--muted)', dash: '1 5', letter: 'E' },
  { color: 'var(--line-strong)', dash: '14 6', letter: 'F' },
] as const;

export function lookOf(place: number): (typeof lineLooks)[number] {
  return lineLooks[place % lineLooks.length] ?? lineLooks[0];
}
