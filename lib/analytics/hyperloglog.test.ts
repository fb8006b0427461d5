import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  addPerson,
  decodeSketch,
  emptySketch,
  encodeSketch,
  estimateSketch,
  mergeSketches,
  type Sketch,
} from './hyperloglog';

/** As person keys are: random bits in the shape of a UUID of version 8. */
function personKey(n: number): string {
  const hex = createHash('sha256').update(`person ${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function sketchOf(from: number, to: number): Sketch {
  let sketch = emptySketch();
  for (let n = from; n < to; n++) sketch = addPerson(sketch, personKey(n));
  return sketch;
}

describe('estimateSketch', () => {
  it.each([0, 1, 2, 100, 1_000])('counts %i people as good as exactly', (people) => {
    const estimate = estimateSketch(sketchOf(0, people)).people;
    expect(Math.abs(estimate - people)).toBeLessThanOrEqual(people * 0.002);
  });

  it.each([1_100, 3_000, 8_000, 12_000, 50_000, 200_000])('counts %i people within four errors', (people) => {
    const estimate = estimateSketch(sketchOf(0, people));
    expect(Math.abs(estimate.people - people) / people).toBeLessThan(4 * estimate.error);
    expect(estimate.error).toBeCloseTo(0.01625, 5);
  });

  it('has no bias: the mean of many sets lies near', () => {
    const shares = Array.from({ length: 40 }, (_, i) => {
      const people = 9_000;
      return estimateSketch(sketchOf(i * people, (i + 1) * people)).people / people;
    });
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) / shares.length - 1)).toBeLessThan(0.008);
  });
});

describe('mergeSketches', () => {
  it.each([
    [0, 300, 200, 500],
    [0, 900, 500, 1_500],
    [0, 300, 100, 5_000],
    [0, 5_000, 100, 300],
    [0, 5_000, 2_500, 9_000],
  ])('is the sketch of the union of %i–%i and %i–%i', (a, b, c, d) => {
    const merged = mergeSketches(sketchOf(a, b), sketchOf(c, d));
    expect(encodeSketch(merged)).toEqual(encodeSketch(sketchOf(a, Math.max(b, d))));
  });
});

it('is read as it was written', () => {
  for (const people of [0, 1, 800, 3_000]) {
    const bytes = encodeSketch(sketchOf(0, people));
    expect(bytes.length).toBeLessThanOrEqual(4_097);
    expect(encodeSketch(decodeSketch(bytes))).toEqual(bytes);
  }
  expect(() => decodeSketch(new Uint8Array([3, 0, 0, 0, 0]))).toThrow(RangeError);
});
