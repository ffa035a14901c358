// @vitest-environment node
// Styles name sides by the direction of lines, so that the page is right in both directions.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const src = fileURLToPath(new URL("..", import.meta.url));

/** Declarations that may name a side of the screen, with the reason. */
const ALLOWED: Record<string, string> = {};

/** A declaration that names left or right, or has four values of which those two differ. */
function physical(declaration: string): boolean {
  const [, name = "", value = ""] = /^\s*([\w-]+)\s*:\s*(.+)$/.exec(declaration) ?? [];
  if (/(^|-)(left|right)(-|$)/.test(name)) return true;
  if (/^(text-align|float|clear)$/.test(name) && /\b(left|right)\b/.test(value)) return true;
  if (!/^(margin|padding|inset|border-width|border-style|border-color|border-radius)$/.test(name)) return false;
  const values = value.match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
  if (values.length !== 4) return false;
  return name === "border-radius" ? !(values[0] === values[1] && values[2] === values[3]) : values[1] !== values[3];
}

it("finds what names a side", () => {
  for (const bad of [
    "margin-left: 1px",
    "left: 0",
    "text-align: right",
    "padding: 0 1px 0 2px",
    "border-top-left-radius: 2px",
  ])
    expect(physical(bad), bad).toBe(true);
  for (const good of [
    "margin-inline: 1px",
    "inset: 0",
    "text-align: start",
    "padding: 0 1px",
    "padding: 0 1px 2px 1px",
  ])
    expect(physical(good), good).toBe(false);
});

it("no style names left or right without a reason", () => {
  const found: string[] = [];
  for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(svelte|css)$/.test(entry.name)) continue;
    const file = `${entry.parentPath}/${entry.name}`;
    const text = readFileSync(file, "utf8");
    const styles = entry.name.endsWith(".css") ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? "");
    for (const part of styles.replace(/\/\*[\s\S]*?\*\//g, "").split(/[;{}]/)) {
      const line = part.trim();
      if (physical(line) && !(line in ALLOWED)) found.push(`${file.slice(src.length)}: ${line}`);
    }
  }
  expect(found).toEqual([]);
});
