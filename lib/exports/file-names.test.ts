import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileNames, foldName, MAX_NAME_BYTES, unknownNameParts } from './file-names';

const facts = (label: string, expires = '') => ({
  codeId: '',
  label,
  campaign: 'Spring',
  channel: '',
  scene: '7',
  url: '',
  expires,
});
const named = (labels: string[], template = '{label}') => {
  const names = new FileNames(template, 'png');
  return labels.map((label, at) => names.next(facts(label), at));
};

const devices = ['CON', 'prn', 'AUX', 'nul', 'COM1', 'com9', 'LPT1', 'COM¹', 'CONIN$', 'CLOCK$', 'con.txt'];
const safe = (name: string) => {
  expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}]|\.\./u);
  expect(name).not.toMatch(/^[.\s~-]|[.\s]$|^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|clock\$)\./i);
  expect(name).toBe(name.normalize('NFC'));
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(MAX_NAME_BYTES);
};

describe('FileNames', () => {
  it('takes no name that a system keeps for itself, and no sign that one does not take', () => {
    const signs = Array.from({ length: 128 }, (_, code) => `a${String.fromCharCode(code)}b`);
    for (const name of named([
      ...devices,
      ...signs,
      '..',
      '../../etc/passwd',
      'C:\\x',
      '/',
      '\\\\host\\x',
      'x. . ',
      '',
    ])) {
      safe(name);
    }
  });

  it('tells apart what a file system would not', () => {
    expect(
      named(['Poster', 'POSTER', 'poster', 'e\u0301', '\u00e9', '\u00c9', 'ß', 'SS', 'ﬁ', 'fi']),
    ).toEqual([
      'Poster.png',
      'POSTER-2.png',
      'poster-3.png',
      'é.png',
      'é-2.png',
      'É-3.png',
      'ß.png',
      'SS-2.png',
      'ﬁ.png',
      'fi-2.png',
    ]);
    expect(named(['manifest', 'x', 'x-2', 'x'])).toEqual(['manifest.png', 'x.png', 'x-2.png', 'x-3.png']);
  });

  it('says when a temporary code ends, however long its label', () => {
    const name = new FileNames('{label}-{scene}', 'png').next(facts('码'.repeat(200), '2026-12-23 14:02'), 0);
    expect(name).toMatch(/^码+_expires-2026-12-23\.png$/);
    safe(name);
  });

  it('leaves no trace of what is empty', () => {
    expect(named(['a'], '{label}-{channel}-{scene}')).toEqual(['a-7.png']);
    expect(named(['a'], '{channel}_{n}')).toEqual(['1.png']);
    expect(unknownNameParts('{label} {x}')).toEqual(['x']);
  });

  it('gives any labels safe names of which no two are the same, each time the same', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 60 }), (labels) => {
        const names = named(labels, '{label}-{campaign}');
        names.forEach(safe);
        expect(new Set(names.map(foldName)).size).toBe(labels.length);
        expect(named(labels, '{label}-{campaign}')).toEqual(names);
      }),
      { numRuns: 200 },
    );
  });

  it('names 100,000 alike codes', () => {
    const names = named(Array.from({ length: 100_000 }, (_, at) => `Poster ${at % 2}`));
    expect(new Set(names).size).toBe(100_000);
  });
});
