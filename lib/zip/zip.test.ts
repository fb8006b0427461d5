import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Entry,
  fromBuffer,
  fromRandomAccessReader,
  open,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import { crc32 } from '../qr/png-crc';
import { layOutZip, type ZipLayout } from './layout';
import { writeCentralRecord, writeEnd, writeLocalHeader } from './records';
import { fitsSlot, writeSlot } from './slot';

const encoder = new TextEncoder();
const modifiedAt = new Date('2026-11-24T08:00:02Z');
const last = encoder.encode('file,label\r\n');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qudao-zip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const nameOf = (at: number) => encoder.encode(`码-${at}.txt`);
const dataOf = (at: number) => encoder.encode(`entry ${at} `.repeat(1 + (at % 5)));

function* pieces(layout: ZipLayout): Generator<Uint8Array> {
  const entry = (at: number) => ({ name: nameOf(at), crc32: crc32(dataOf(at)), modifiedAt });
  for (let at = 0; at < layout.count; at++) {
    const slot = new Uint8Array(layout.slotBytes);
    writeSlot(slot, entry(at), dataOf(at));
    yield slot;
  }
  const lastEntry = {
    name: encoder.encode('manifest.csv'),
    dataBytes: last.length,
    crc32: crc32(last),
    modifiedAt,
  };
  const header = new Uint8Array(layout.lastHeaderBytes);
  writeLocalHeader(header, lastEntry, layout.lastHeaderBytes);
  yield header;
  yield last;
  const { centralRecordBytes: recordBytes } = layout;
  for (let at = 0; at <= layout.count; at++) {
    const record = new Uint8Array(recordBytes);
    const facts = at === layout.count ? lastEntry : { ...entry(at), dataBytes: dataOf(at).length };
    writeCentralRecord(record, facts, {
      offset: at === layout.count ? layout.lastAt : at * layout.slotBytes,
      recordBytes,
    });
    yield record;
  }
  const { centralAt, endAt } = layout;
  yield writeEnd({ count: layout.count + 1, centralAt, centralBytes: endAt - centralAt });
}

async function write(count: number, maxDataBytes = 60): Promise<{ file: string; layout: ZipLayout }> {
  const layout = layOutZip({ count, maxDataBytes, maxNameBytes: 20, lastBytes: [last.length] });
  const file = path.join(folder, `${count}-${maxDataBytes}.zip`);
  await writeFile(file, Buffer.concat([...pieces(layout)]));
  return { file, layout };
}

const has = (program: string) => spawnSync(program, ['--version']).error === undefined;

/** Names and contents as yauzl finds them; it checks the lengths and names of all, and the contents of those wanted. */
function readAll(zip: ZipFile, isWanted = (_name: string) => true): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (!isWanted(entry.fileName)) {
        found.set(entry.fileName, null);
        zip.readEntry();
        return;
      }
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk);
        const content = Buffer.concat(chunks);
        if (crc32(content) !== entry.crc32) return reject(new Error(`${entry.fileName} is damaged`));
        found.set(entry.fileName, content.toString());
        zip.readEntry();
      });
    });
    zip.on('end', () => resolve(found));
    zip.on('error', reject);
    zip.readEntry();
  });
}

const openFile = (file: string) =>
  new Promise<ZipFile>((resolve, reject) => {
    open(file, { lazyEntries: true }, (error, zip) => (error ? reject(error) : resolve(zip)));
  });

describe.each([
  [1, 60],
  [3, 60],
  // Far shorter than their places: more than a field can fill.
  [3, 200_000],
  [20_000, 60],
  [66_000, 60],
])('a ZIP of %i entries in places for %i bytes', (count, maxDataBytes) => {
  it('is as long as was said, and other programs open it', async () => {
    const { file, layout } = await write(count, maxDataBytes);
    const looked = new Map([0, Math.floor(count / 2), count - 1].map((at) => [`码-${at}.txt`, dataOf(at)]));
    const found = await readAll(await openFile(file), (name) => looked.has(name));
    expect(found.size).toBe(count + 1);
    for (const [name, data] of looked) expect(found.get(name)).toBe(new TextDecoder().decode(data));
    expect((await stat(file)).size).toBe(layout.totalBytes);
    if (has('unzip')) {
      const report = execFileSync('unzip', ['-tq', file], { encoding: 'utf8' });
      expect(report).toContain('No errors detected');
    }
    if (has('python3')) {
      const script =
        'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))';
      const said = execFileSync('python3', ['-c', script, file], { encoding: 'utf8' });
      expect(said.trim()).toBe(`None ${count + 1}`);
    }
    if (has('bsdtar')) {
      // From a pipe: a reader that sees no directory before the entries.
      const listed = execFileSync('bsdtar', ['-tf', '-'], {
        input: await readFile(file),
        maxBuffer: 2 ** 26,
      });
      expect(listed.toString().trim().split('\n')).toHaveLength(count + 1);
    }
  }, 60_000);
});

/** A ZIP that exists nowhere: made anew wherever it is looked at. */
class Imagined extends RandomAccessReader {
  readonly make: (from: number, to: number) => Uint8Array;

  constructor(make: (from: number, to: number) => Uint8Array) {
    super();
    this.make = make;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from([Buffer.from(this.make(start, end))]);
  }
}

it('holds more than 4 GB, and any part of it follows from its place alone', async () => {
  const layout = layOutZip({
    count: 1_100,
    maxDataBytes: 4_000_000,
    maxNameBytes: 20,
    lastBytes: [last.length],
  });
  expect(layout.totalBytes).toBeGreaterThan(2 ** 32);
  const { slotBytes, centralAt, centralRecordBytes: recordBytes, endAt } = layout;
  const end = writeEnd({ count: layout.count, centralAt, centralBytes: endAt - centralAt - recordBytes });
  const read = (from: number, to: number) => {
    const bytes = new Uint8Array(to - from);
    const put = (at: number, part: Uint8Array) => {
      const begin = Math.max(from, at);
      const stop = Math.min(to, at + part.length);
      if (begin < stop) bytes.set(part.subarray(begin - at, stop - at), begin - from);
    };
    const data = (at: number) => encoder.encode(`entry ${at} `.padEnd(3_990_000, '.'));
    const facts = (at: number) => ({ name: nameOf(at), crc32: 0, modifiedAt });
    for (let at = Math.floor(from / slotBytes); at < layout.count && at * slotBytes < to; at++) {
      const slot = new Uint8Array(slotBytes);
      writeSlot(slot, facts(at), data(at));
      put(at * slotBytes, slot);
    }
    const firstRecord = Math.max(0, Math.floor((from - centralAt) / recordBytes));
    for (let at = firstRecord; at < layout.count && centralAt + at * recordBytes < to; at++) {
      const record = new Uint8Array(recordBytes);
      writeCentralRecord(
        record,
        { ...facts(at), dataBytes: 3_990_000 },
        { offset: at * slotBytes, recordBytes },
      );
      put(centralAt + at * recordBytes, record);
    }
    put(endAt - recordBytes, end);
    return bytes;
  };
  const size = endAt - recordBytes + end.length;
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromRandomAccessReader(new Imagined(read), size, { lazyEntries: true }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    );
  });
  expect(zip.entryCount).toBe(1_100);
  // The directory is walked to where offsets need 64 bits, and an entry behind that place is read.
  const far = await new Promise<string>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (entry.fileName !== '码-1099.txt') return zip.readEntry();
      expect(entry.relativeOffsetOfLocalHeader).toBe(1_099 * slotBytes);
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error);
        let text = '';
        for await (const chunk of stream) text += chunk;
        resolve(text);
      });
    });
    zip.on('error', reject);
    zip.readEntry();
  });
  expect(far.startsWith('entry 1099 .')).toBe(true);
}, 120_000);

it('says what goes into a slot, and refuses what does not', () => {
  expect(fitsSlot(100, 10, 56)).toBe(true);
  expect(fitsSlot(100, 10, 57)).toBe(false);
  expect(fitsSlot(70_000, 10, 100)).toBe(true);
  const entry = { name: encoder.encode('0123456789'), crc32: 0, modifiedAt };
  expect(() => writeSlot(new Uint8Array(100), entry, new Uint8Array(57))).toThrow(RangeError);
});

it('is whole with no entry but the last', async () => {
  const layout = layOutZip({ count: 0, maxDataBytes: 0, maxNameBytes: 12, lastBytes: [last.length] });
  const bytes = Buffer.concat([...pieces(layout)]);
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  expect([...(await readAll(zip)).keys()]).toEqual(['manifest.csv']);
});
