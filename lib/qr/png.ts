/** The door to PNGs. Reading them back needs Node's zlib, so nothing here belongs in a browser bundle. */

export { type PngFacts, readPng } from './png-read';
export { writePng } from './png-write';
