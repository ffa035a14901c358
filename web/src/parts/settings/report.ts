// What came of an import, as a table and as a text to keep.
import { LOCALE, numeral } from "../../locale";
import type { Imported } from "../../api/client";

/** The counts that say something, in the order in which people ask for them. */
export function countsOf(imported: Imported): { label: string; count: number }[] {
  const { notes, labels, filters, attachments, present, leftOut, changed } = imported;
  return [
    { label: "Notes added", count: notes },
    { label: "Labels added", count: labels },
    { label: "Saved filters added", count: filters },
    { label: "Attachments added", count: attachments },
    { label: "Notes that were here already", count: present },
    { label: "Left out", count: leftOut },
    { label: "Changed", count: changed },
  ].filter(({ count }, at) => count > 0 || at === 0);
}

export const EFFECTS: Record<Imported["remarks"][number]["effect"], string> = {
  leftOut: "Left out",
  changed: "Changed",
};

/** The same as plain text, a line for each thing, its parts divided by tabs. */
export function textOf(name: string, imported: Imported, now = new Date()): string {
  const lines = [`Import of ${name}, ${now.toLocaleString(LOCALE)}`, ""];
  for (const { label, count } of countsOf(imported)) lines.push(`${label}: ${numeral(count)}`);
  if (imported.remarks.length > 0) lines.push("", ["File", "Line", "What", "Reason"].join("\t"));
  for (const { file, line, effect, message } of imported.remarks) {
    lines.push([file ?? name, line ?? "", EFFECTS[effect], message].join("\t"));
  }
  return `${lines.join("\n")}\n`;
}
