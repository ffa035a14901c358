// Pasted text: Markdown where it clearly is, code, cells of a spreadsheet, or words.

export type Kind = "address" | "cells" | "code" | "markdown" | "words";

export function kindOf(text: string): Kind {
  const trimmed = text.trim();
  if (/^(?:https?:\/\/|mailto:)\S+$/i.test(trimmed)) return "address";
  if (cellsOf(text)) return "cells";
  if (/^(?: {0,3})(?:```|~~~)/m.test(text)) return "markdown";
  if (isCode(trimmed)) return "code";
  return isMarkdown(text) ? "markdown" : "words";
}

/** Signs that nobody writes who does not mean them. */
const SURE = [
  /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]/m,
  /^ {0,3}#{1,6} \S/m,
  /^ {0,3}>[ \t]?\S/m,
  /^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$/m,
  /!?\[[^\]\n]*\]\((?:https?:|mailto:|\/\?note=)[^\s)]*\)/,
  /(?<![\w*])\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?![\w*])/,
  /(?<!~)~~[^\s~](?:[^~\n]*[^\s~])?~~(?!~)/,
  /(?<!`)`[^`\n]+`(?!`)/,
  /^ {0,3}\[[^\]\n]+\]:[ \t]*(?:<|https?:)/m,
];

function isMarkdown(text: string): boolean {
  if (SURE.some((sign) => sign.test(text))) return true;
  const items = text.match(/^ *(?:[-*+]|\d{1,3}[.)])[ \t]+\S/gm) ?? [];
  return items.length > 1;
}

const CODE = [
  /[;{}]\s*(?:\/\/.*)?$/,
  /^\s*(?:def|class|import|from|const|let|var|fn|func|function|return|if|elif|else|for|while|public|private|static|package|use|pub|export|async|await|switch|case|try|catch|SELECT|INSERT|CREATE)\b.*[({:;=,]/,
  /^\s*return\b/,
  /^\s*(?:\/\/|\/\*|\*\/|#!|#include|@\w+)/,
  /=>|->|::|\)\s*:$|^\s*[)\]}]+[,;]?$/,
  /^\s*[\w.$]+(?:\[[^\]]*\])?\s*[-+*/|&]?=\s*\S/,
  /^\s+[\w.$]+\(.*\)$/,
];

function isCode(text: string): boolean {
  if (/^[[{]/.test(text) && isJson(text)) return true;
  const lines = text.split("\n").filter((line) => line.trim());
  if (lines.length < 2) return false;
  const signs = lines.filter((line) => CODE.some((sign) => sign.test(line))).length;
  const indented = lines.filter((line) => /^(?: {2,}|\t)\S/.test(line)).length;
  return signs / lines.length >= 0.6 || (indented > 0 && signs / lines.length >= 0.4);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** The cells of text that a spreadsheet wrote: lines with the same number of tabs, none of which only indents. */
export function cellsOf(text: string): string[][] | null {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const columns = lines[0]?.split("\t").length ?? 1;
  if (lines.length < 2 || columns < 2 || lines[0]?.startsWith("\t")) return null;
  const rows = lines.map((line) => line.split("\t"));
  const indented = lines.filter((line) => /^\t/.test(line)).length;
  if (rows.some((row) => row.length !== columns) || indented > lines.length / 2) return null;
  return rows.map((row) => row.map((cell) => cell.trim()));
}
