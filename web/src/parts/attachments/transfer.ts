// What a paste or a drop brings.

/** Files of a paste or a drop; none, if it has text that is meant instead, as a document of an office program with a picture of itself. */
export function filesOf(data: DataTransfer | null): File[] {
  const list = [...(data?.files ?? [])];
  if (list.length === 0 || !data) return [];
  if (data.getData("text/plain").trim()) return [];
  const html = data.getData("text/html");
  // A picture that was copied from a page comes as itself, and as a line that shows it.
  if (html && /<(?:p|li|td|div|h\d)\b/i.test(html)) return [];
  return list.map(named);
}

/** Says that files are on their way over something: their names are not told before they are dropped. */
export function bringsFiles(data: DataTransfer | null): boolean {
  return [...(data?.types ?? [])].includes("Files");
}

/** A file with a name that says when it came: every picture that is pasted is called `image.png`. */
function named(file: File): File {
  if (file.name && !/^image\.\w+$/i.test(file.name)) return file;
  const kind = file.name.split(".")[1] ?? file.type.split("/")[1] ?? "png";
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  return new File([file], `Picture ${local.slice(0, 10)} ${local.slice(11, 19).replaceAll(":", ".")}.${kind}`, {
    type: file.type,
    lastModified: now.getTime(),
  });
}
