import { expect, test } from "vitest";
import { bytesOf, encode } from "./encode";

const URI = "otpauth://totp/Notes:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Notes";

async function digest(rows: boolean[][]): Promise<string> {
  const text = rows.map((row) => row.map(Number).join("")).join("\n");
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

test("an address of an app fits a version that holds it", () => {
  expect(encode(URI)).toHaveLength(17 + 4 * 6);
  expect(encode("A")).toHaveLength(21);
  expect(() => encode("A".repeat(413))).toThrow(RangeError);
  expect([1, 2, 7, 10, 15].map(bytesOf)).toEqual([26, 44, 196, 346, 655]);
});

test("the corners are those that readers look for", () => {
  const rows = encode(URI);
  const ring = [true, true, true, true, true, true, true, false];
  expect(rows[0]!.slice(0, 8)).toEqual(ring);
  expect(rows[0]!.slice(-7)).toEqual(ring.slice(0, 7));
  expect(rows.map((row) => row[0]).slice(-7)).toEqual(ring.slice(0, 7));
});

// One of each of the versions 1 to 15 was read by zxing-cpp 3.1.1; these are some of them.
test("codes are those that another reader has read", async () => {
  expect(await Promise.all([URI, "A", "日本語", URI.repeat(4)].map((text) => digest(encode(text)))))
    .toMatchInlineSnapshot(`
    [
      "0378aee00899f01b",
      "bc9009ae87ca68f1",
      "ce96a69081f6fd98",
      "ec8231479826791d",
    ]
  `);
});
