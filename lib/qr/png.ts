/** The door to files of pixels. Reading and writing them needs Node's zlib, so nothing here belongs in a browser bundle. */

export { type PngFacts, readPng } from './png-read';
export { type Pixels, readShadedPng, writeShadedPng } from './png-shaded';
export { type FooterRow, type TwoColours, writePng } from './png-write';
export { readTiff, sampleTiff, type TiffFacts } from './tiff-read';
export { type PackedRow, type PackedRows, symbolRows, writeRgbTiff, writeTiff } from './tiff-write';
