import {
  CODE_BITS_AT,
  CODE_MASK,
  type Code,
  codeLengthCodes,
  codeLengthOrder,
  codeLengthsInUse,
  darkRuns,
  distanceSymbol,
  END_OF_BLOCK,
  LITERALS_AND_LENGTHS,
  LONGEST_MATCH,
  LONGEST_RUN,
  lightRuns,
  literalBits,
  literals,
  matchLengths,
  SAME_BYTE,
  SHORTEST_MATCH,
} from './png-deflate-codes';

const ADLER_MODULUS = 65_521;

/** As `%`, for what is below 2^45; several times faster on numbers that leave 31 bits. */
const moduloAdler = (value: number) => value - Math.floor(value / ADLER_MODULUS) * ADLER_MODULUS;

/**
 * A zlib writer for one kind of picture: rows of runs, each row repeated many times. The buffer it writes to must be large
 * enough for it (`maxBytes`).
 *
 * zlib would have to be fed every pixel (178 KB at 50 mm and 600 dpi) and to search it for repeats; here it is known
 * beforehand where they are. A row is written once and repeated by back references, and the checksum of the repeats is
 * a closed formula, so the work depends on modules and not on pixels.
 *
 * Format: RFC 1950 (zlib, Adler-32), RFC 1951 (deflate, one block with codes of its own, 3.2.7).
 */
export class RowDeflater {
  /** Bytes that such a stream takes at most. */
  static maxBytes(rowBytes: number, rows: number, distinctRows: number): number {
    const literalBytes = distinctRows * (Math.ceil(((rowBytes + 1) * 11) / 8) + 8);
    const matchBytes = 2 * Math.ceil((rows * (rowBytes + 1)) / LONGEST_MATCH + distinctRows);
    return 160 + literalBytes + matchBytes;
  }

  private pending = 0;
  private pendingBits = 0;
  private adlerA = 1;
  private adlerB = 0;
  private readonly stride: number;
  private readonly rowAbove: Code;

  /**
   * @param view      where to write
   * @param at        first byte to write
   * @param rowBytes  bytes of pixels in a row, at least 4; the filter byte, always 0, is added here
   */
  constructor(
    private readonly view: DataView,
    private at: number,
    private readonly rowBytes: number,
  ) {
    this.stride = rowBytes + 1;
    const { symbol, extra, extraBits } = distanceSymbol(this.stride);
    this.rowAbove = { value: 1 | (extra << 1), bits: 1 + extraBits };
    view.setUint16(at, 0x7801);
    this.at += 2;
    this.putHeader(symbol);
  }

  /**
   * Writes one row, `times` times over.
   *
   * @param edges  where the colour changes, in pixels from the left, ascending: the row begins light, turns dark at `edges[0]`,
   *               light again at `edges[1]`, and so on, to the end of its last byte
   * @param count  how many of the edges hold
   */
  putRow(edges: Uint16Array, count: number, times: number): void {
    const { rowBytes, view } = this;
    const rowPx = rowBytes * 8;
    // Held in locals, and without branches where bits are flushed: most of the time that a PNG takes is spent here.
    let { pending, pendingBits, at } = this;
    let sum = 0;
    let weightedSum = 0;
    let byte = 0;
    let x = 0;
    let code = literals[0] ?? 0; // the filter byte: none
    pending |= (code & CODE_MASK) << pendingBits;
    pendingBits += code >>> CODE_BITS_AT;

    for (let edge = 0; edge <= count; edge++) {
      const isLight = (edge & 1) === 0;
      const end = edge < count ? (edges[edge] ?? 0) : rowPx;
      const inByte = x & 7;
      if (inByte !== 0) {
        const filled = Math.min(8, inByte + end - x);
        if (isLight) byte |= (0xff >> inByte) & (0xff << (8 - filled));
        x += filled - inByte;
        if (filled < 8) continue;
        sum += byte;
        weightedSum += byte * (rowBytes + 1 - (x >> 3));
        code = literals[byte] ?? 0;
        pending |= (code & CODE_MASK) << pendingBits;
        pendingBits += code >>> CODE_BITS_AT;
        view.setUint32(at, pending, true);
        at += pendingBits >> 3;
        pending >>>= pendingBits & 24;
        pendingBits &= 7;
      }
      const whole = (end - x) >> 3;
      // A longer run keeps enough for a back reference to be possible.
      const coded = whole <= LONGEST_RUN ? whole : LONGEST_RUN - SHORTEST_MATCH;
      if (isLight) {
        sum += 255 * whole;
        weightedSum += 255 * (whole * (rowBytes - (x >> 3)) - ((whole * (whole - 1)) >> 1));
        code = lightRuns[coded] ?? 0;
      } else {
        code = darkRuns[coded] ?? 0;
      }
      pending |= (code & CODE_MASK) << pendingBits;
      pendingBits += code >>> CODE_BITS_AT;
      view.setUint32(at, pending, true);
      at += pendingBits >> 3;
      pending >>>= pendingBits & 24;
      pendingBits &= 7;
      if (whole > coded) {
        this.pending = pending;
        this.pendingBits = pendingBits;
        this.at = at;
        this.putRepeat(whole - coded, SAME_BYTE);
        ({ pending, pendingBits, at } = this);
      }
      x += whole * 8;
      byte = isLight ? (0xff << (8 - (end - x))) & 0xff : 0;
      x = end;
    }
    this.pending = pending;
    this.pendingBits = pendingBits;
    this.at = at;
    if (times > 1) this.putRepeat((times - 1) * this.stride, this.rowAbove);
    this.addToAdler(sum, weightedSum, times);
  }

  /** Ends the stream; returns the offset after its last byte. */
  finish(): number {
    const end = literals[END_OF_BLOCK] ?? 0;
    this.put(end & CODE_MASK, end >>> CODE_BITS_AT);
    this.put(0, (8 - this.pendingBits) & 7);
    this.view.setUint16(this.at, this.adlerB);
    this.view.setUint16(this.at + 2, this.adlerA);
    return this.at + 4;
  }

  /** A row of `sum` bytes in all, each weighted by how many are left, `times` times over, without walking it again. */
  private addToAdler(sum: number, weightedSum: number, times: number): void {
    const bytes = moduloAdler(this.stride * times);
    const pairs = moduloAdler((this.stride * (times * (times - 1))) / 2);
    this.adlerB = moduloAdler(this.adlerB + bytes * this.adlerA + pairs * sum + times * weightedSum);
    this.adlerA = moduloAdler(this.adlerA + times * sum);
  }

  private putHeader(rowDistanceSymbol: number): void {
    this.put(1, 1);
    this.put(2, 2);
    this.put(LITERALS_AND_LENGTHS - 257, 5);
    this.put(rowDistanceSymbol, 5);
    this.put(codeLengthOrder.length - 4, 4);
    for (const length of codeLengthOrder) this.put(codeLengthsInUse.has(length) ? 3 : 0, 3);
    this.putCodeLengths(literalBits);
    const distanceBits = new Uint8Array(rowDistanceSymbol + 1);
    distanceBits[0] = 1;
    distanceBits[rowDistanceSymbol] = 1;
    this.putCodeLengths(distanceBits);
  }

  private putCodeLengths(lengths: Uint8Array): void {
    for (let at = 0; at < lengths.length; ) {
      const length = lengths[at] ?? 0;
      let end = at + 1;
      while (end < lengths.length && lengths[end] === length) end++;
      this.put((codeLengthCodes[length] ?? 0) & CODE_MASK, 3);
      at++;
      while (end - at >= 3) {
        const repeated = Math.min(6, end - at);
        this.put((codeLengthCodes[16] ?? 0) & CODE_MASK, 3);
        this.put(repeated - 3, 2);
        at += repeated;
      }
    }
  }

  /** Copies `count` bytes (3 or more) from a distance. */
  private putRepeat(count: number, distance: Code): void {
    let left = count;
    if (left >= LONGEST_MATCH + SHORTEST_MATCH) {
      // All but the last one or two, which may have to share so that none is shorter than a match can be.
      const times = Math.floor((left - SHORTEST_MATCH) / LONGEST_MATCH);
      this.putLongestMatches(times, distance);
      left -= times * LONGEST_MATCH;
    }
    const spare = left > LONGEST_MATCH ? SHORTEST_MATCH : 0;
    this.putMatch(left - spare, distance);
    if (spare > 0) this.putMatch(spare, distance);
  }

  private putMatch(length: number, distance: Code): void {
    const code = matchLengths[length] ?? 0;
    this.put(code & CODE_MASK, code >>> CODE_BITS_AT);
    this.put(distance.value, distance.bits);
  }

  /** Length and distance in one go: this length needs no extra bits, so the two are at most 14. */
  private putLongestMatches(times: number, distance: Code): void {
    const { view } = this;
    const code = matchLengths[LONGEST_MATCH] ?? 0;
    const codeBits = code >>> CODE_BITS_AT;
    const pair = (code & CODE_MASK) | (distance.value << codeBits);
    const pairBits = codeBits + distance.bits;
    let { pending, pendingBits, at } = this;
    for (let i = 0; i < times; i++) {
      pending |= pair << pendingBits;
      pendingBits += pairBits;
      view.setUint32(at, pending, true);
      at += pendingBits >> 3;
      pending >>>= pendingBits & 24;
      pendingBits &= 7;
    }
    this.pending = pending;
    this.pendingBits = pendingBits;
    this.at = at;
  }

  /** Up to 16 bits, lowest first. */
  private put(value: number, bits: number): void {
    const bits32 = this.pending | (value << this.pendingBits);
    const count = this.pendingBits + bits;
    this.view.setUint32(this.at, bits32, true);
    this.at += count >> 3;
    this.pending = bits32 >>> (count & 24);
    this.pendingBits = count & 7;
  }
}
