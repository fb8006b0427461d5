import type { CountedDto, FigureName } from '@/lib/analytics/types';

/** "1,284", "≈ 1,284", "≤ 1,284": people who could not be counted exactly say so. */
export function showFigure(counted: CountedDto, name: FigureName, format: (value: number) => string): string {
  const value = format(counted[name]);
  if (name !== 'people' || counted.peopleIs === 'exact') return value;
  return counted.peopleIs === 'about' ? `≈ ${value}` : `≤ ${value}`;
}
