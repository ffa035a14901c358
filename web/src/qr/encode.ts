// QR codes (ISO/IEC 18004) of short texts: bytes, error correction of level M, versions 1 to 15, which hold 412 bytes.
//
// Some 200 lines of our own in place of a library: an address of an authenticator app is all that the page draws, and it must not leave the page.
import { correction } from "./correction";
import { Grid } from "./grid";

/** Bytes for error correction in each block of a version, from 1. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24];
/** Blocks of a version, from 1. */
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];

/** Bytes that a version holds, those for error correction included. */
export function bytesOf(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const patterns = Math.floor(version / 7) + 2;
    modules -= (25 * patterns - 10) * patterns - 55;
    if (version >= 7) modules -= 36;
  }
  return Math.floor(modules / 8);
}

/** Returns the squares of a code, row by row; `true` is dark. */
export function encode(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  const version = smallest(bytes.length);
  const grid = new Grid(version);
  grid.fill(interleave(dataOf(bytes, version), version));
  return grid.masked();
}

function room(version: number): number {
  return bytesOf(version) - CORRECTION[version - 1]! * BLOCKS[version - 1]!;
}

/** Bits of the number that says how long the text is. */
function lengthBits(version: number): number {
  return version < 10 ? 8 : 16;
}

function smallest(length: number): number {
  for (let version = 1; version <= BLOCKS.length; version += 1) {
    if (4 + lengthBits(version) + 8 * length <= 8 * room(version)) return version;
  }
  throw new RangeError("The text is too long for a code.");
}

/** Mode, length, text, and what fills the rest. */
function dataOf(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let at = count - 1; at >= 0; at -= 1) bits.push((value >>> at) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, lengthBits(version));
  for (const byte of bytes) put(byte, 8);
  const most = 8 * room(version);
  put(0, Math.min(4, most - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < most; pad ^= 0xec ^ 0x11) put(pad, 8);
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8) data.push(parseInt(bits.slice(at, at + 8).join(""), 2));
  return data;
}

/** The first byte of each block, the second of each, and so on; then the same of their error correction. */
function interleave(data: number[], version: number): number[] {
  const count = BLOCKS[version - 1]!;
  const more = CORRECTION[version - 1]!;
  const short = Math.floor(data.length / count);
  const long = data.length % count;
  const blocks: number[][] = [];
  let from = 0;
  for (let at = 0; at < count; at += 1) {
    const size = short + (at < count - long ? 0 : 1);
    blocks.push(data.slice(from, from + size));
    from += size;
  }
  const corrections = blocks.map((block) => correction(block, more));
  const mixed: number[] = [];
  for (let at = 0; at <= short; at += 1) for (const block of blocks) if (at < block.length) mixed.push(block[at]!);
  for (let at = 0; at < more; at += 1) for (const block of corrections) mixed.push(block[at]!);
  return mixed;
}
