// Says of the text on a card where it goes on.

/** A card shows that its text goes on: down, and in code and tables to the side. */
export function markCut(node: HTMLElement): void {
  const body = node.querySelector(".card-body");
  for (const part of body?.querySelectorAll("pre, .table") ?? [])
    part.classList.toggle("wide", part.scrollWidth > part.clientWidth + 1);
  // A little more than its height are the targets of checkboxes.
  body?.classList.toggle("cut", body.classList.contains("more") || body.scrollHeight > body.clientHeight + 8);
}
