/**
 * Sketches of sets of people (HyperLogLog): the number of different people in any union of days, within about 1.6 %.
 *
 * Small sets are kept as a sorted list of 31-bit entries (25 bits of position, 6 of rank), in which 1,000 people are
 * counted within about 0.1 %; larger ones as 4,096 registers of a byte. What is hashed are person keys, HMACs already.
 *
 * Flajolet et al. 2007; the list: Heule et al. 2013; the estimate without bias: Ertl 2017.
 */
const precision = 12;
const registers = 1 << precision;
const finePrecision = 25;
const maxEntries = registers / 4;
/** Hash bits below those that choose a register. */
const rankBits = 64 - precision;
const denseError = 1.04 / Math.sqrt(registers);
const sparseError = 0.001;

const SPARSE = 1;
const DENSE = 2;

export type Sketch = { kind: 'sparse'; entries: Set<number> } | { kind: 'dense'; ranks: Uint8Array };

export function emptySketch(): Sketch {
  return { kind: 'sparse', entries: new Set() };
}

/**
 * @param personKey  a UUID whose bits are random but for those of version and variant, which are left out
 * @returns the sketch to go on with: a list that grows too long becomes registers
 */
export function addPerson(sketch: Sketch, personKey: string): Sketch {
  const hex = personKey.replaceAll('-', '');
  // 32 bits from the first half, 32 from the last: neither the version (digit 12) nor the variant (digit 16) is among them.
  const high = Number.parseInt(hex.slice(0, 8), 16);
  const low = Number.parseInt(hex.slice(24, 32), 16);
  const position = high >>> (32 - finePrecision);
  const restHigh = (high & ((1 << (32 - finePrecision)) - 1)) >>> 0;
  const rank =
    restHigh === 0
      ? 32 - finePrecision + leadingZeros(low, 32) + 1
      : leadingZeros(restHigh, 32 - finePrecision) + 1;
  return addEntry(sketch, position * 64 + rank);
}

function leadingZeros(value: number, bits: number): number {
  return Math.clz32(value) - (32 - bits);
}

function addEntry(sketch: Sketch, entry: number): Sketch {
  if (sketch.kind === 'dense') {
    raise(sketch.ranks, entry);
    return sketch;
  }
  sketch.entries.add(entry);
  return sketch.entries.size > maxEntries ? toDense(sketch.entries) : sketch;
}

function raise(ranks: Uint8Array, entry: number): void {
  const position = Math.floor(entry / 64);
  const between = finePrecision - precision;
  const index = position >>> between;
  const rest = position & ((1 << between) - 1);
  const rank = rest === 0 ? between + (entry % 64) : leadingZeros(rest, between) + 1;
  if (rank > (ranks[index] ?? 0)) ranks[index] = rank;
}

function toDense(entries: Iterable<number>): Sketch {
  const ranks = new Uint8Array(registers);
  for (const entry of entries) raise(ranks, entry);
  return { kind: 'dense', ranks };
}

/** Adds all people of another sketch; what is handed in first is changed and must not be used again. */
export function mergeSketches(into: Sketch, other: Sketch): Sketch {
  if (other.kind === 'sparse') {
    let merged = into;
    for (const entry of other.entries) merged = addEntry(merged, entry);
    return merged;
  }
  const dense = into.kind === 'dense' ? into : toDense(into.entries);
  if (dense.kind === 'dense') {
    for (let i = 0; i < registers; i++) {
      const rank = other.ranks[i] ?? 0;
      if (rank > (dense.ranks[i] ?? 0)) dense.ranks[i] = rank;
    }
  }
  return dense;
}

/** @returns how many people, and the standard error as a share of one */
export function estimateSketch(sketch: Sketch): { people: number; error: number } {
  if (sketch.kind === 'sparse') {
    const positions = new Set([...sketch.entries].map((entry) => Math.floor(entry / 64))).size;
    const cells = 2 ** finePrecision;
    const people = Math.round(-cells * Math.log1p(-positions / cells));
    return { people, error: people < 2 ? 0 : sparseError };
  }
  const counts = new Array<number>(rankBits + 2).fill(0);
  for (const rank of sketch.ranks) counts[rank] = (counts[rank] ?? 0) + 1;
  let z = registers * tau(1 - (counts[rankBits + 1] ?? 0) / registers);
  for (let rank = rankBits; rank >= 1; rank--) z = 0.5 * (z + (counts[rank] ?? 0));
  z += registers * sigma((counts[0] ?? 0) / registers);
  return { people: Math.round((registers * registers) / (2 * Math.LN2 * z)), error: denseError };
}

function sigma(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY;
  let [power, weight, sum, before] = [x, 1, x, -1];
  while (sum !== before) {
    before = sum;
    power *= power;
    sum += power * weight;
    weight += weight;
  }
  return sum;
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let [root, weight, sum, before] = [x, 1, 1 - x, -1];
  while (sum !== before) {
    before = sum;
    root = Math.sqrt(root);
    weight *= 0.5;
    sum -= (1 - root) ** 2 * weight;
  }
  return sum / 3;
}

export function encodeSketch(sketch: Sketch): Uint8Array<ArrayBuffer> {
  if (sketch.kind === 'dense') {
    const bytes = new Uint8Array(1 + registers);
    bytes[0] = DENSE;
    bytes.set(sketch.ranks, 1);
    return bytes;
  }
  const bytes = new Uint8Array(1 + sketch.entries.size * 4);
  const view = new DataView(bytes.buffer);
  bytes[0] = SPARSE;
  [...sketch.entries]
    .sort((a, b) => a - b)
    .forEach((entry, i) => {
      view.setUint32(1 + i * 4, entry);
    });
  return bytes;
}

/** @throws RangeError  these bytes are no sketch */
export function decodeSketch(bytes: Uint8Array): Sketch {
  if (bytes[0] === DENSE && bytes.length === 1 + registers) {
    return { kind: 'dense', ranks: bytes.slice(1) };
  }
  if (bytes[0] !== SPARSE || bytes.length % 4 !== 1) throw new RangeError('these bytes are no sketch');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Set<number>();
  for (let at = 1; at < bytes.length; at += 4) entries.add(view.getUint32(at));
  return { kind: 'sparse', entries };
}
