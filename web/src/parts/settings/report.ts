// What came of an import, as a table and as a text to keep.
import { LANGUAGE, LOCALE, numeral } from "../../locale";
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

/** Reasons by their stable codes. In English, the sentence of the service is more exact. */
const REASONS: Partial<Record<string, string>> = {
  attachment: "A file of the note is missing or cannot be stored.",
  color: "This colour does not exist here.",
  damaged: "The file is damaged.",
  encoding: "Some characters could not be read.",
  encrypted: "It is encrypted.",
  filter: "This saved filter cannot be used here.",
  format: "This format is not supported.",
  front_matter: "The details at the top of the file could not be read.",
  history: "Earlier versions were not taken.",
  html: "It cannot be read as a web page.",
  json: "It cannot be read as JSON.",
  kind: "This kind of content is not supported.",
  label: "This label cannot be used here.",
  local_time: "This time does not exist or exists twice in its time zone.",
  note: "This entry is not a note.",
  place: "This place does not exist here.",
  recurrence: "This repetition is not supported.",
  time: "This time cannot be read.",
  time_zone: "This time zone is unknown.",
  too_long: "It is too long.",
  too_many_labels: "It has too many labels.",
  unknown_key: "This value is unknown here.",
  xml: "It cannot be read as XML.",
};

/** The reason of a remark in the language of the page. */
export function reasonOf({ code, message }: Pick<Imported["remarks"][number], "code" | "message">): string {
  return (LANGUAGE === "en" ? undefined : REASONS[code]) ?? message;
}

/** The same as plain text, a line for each thing, its parts divided by tabs. */
export function textOf(name: string, imported: Imported, now = new Date()): string {
  const lines = [`Import of ${name}, ${now.toLocaleString(LOCALE)}`, ""];
  for (const { label, count } of countsOf(imported)) lines.push(`${label}: ${numeral(count)}`);
  if (imported.remarks.length > 0) lines.push("", ["File", "Line", "What", "Reason"].join("\t"));
  for (const remark of imported.remarks) {
    const { file, line, effect } = remark;
    lines.push([file ?? name, line ?? "", EFFECTS[effect], reasonOf(remark)].join("\t"));
  }
  return `${lines.join("\n")}\n`;
}
