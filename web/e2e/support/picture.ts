// Pictures to attach.
import { deflateSync } from "node:zlib";

/** A picture in one colour. */
export function picture(width: number, height: number, [red, green, blue] = [200, 90, 40]): Buffer {
  const crcs = Array.from({ length: 256 }, (_, at) => {
    let value = at;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  const piece = (kind: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
    let crc = 0xffffffff;
    for (const byte of body) crc = crcs[(crc ^ byte) & 255]! ^ (crc >>> 8);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([red!, green!, blue!]))]);
  const lines = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  const name = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([name, piece("IHDR", head), piece("IDAT", lines), piece("IEND", Buffer.alloc(0))]);
}
