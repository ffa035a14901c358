// Ways into the page from outside of it: what another program shares, and shortcuts of the installed page.
import { create } from "../../state/actions";
import { route } from "../../state/route.svelte";
import { toasts } from "../../state/toasts.svelte";
import { attach } from "../attachments/files.svelte";

interface Received {
  title: string;
  text: string;
  url: string;
  files: string[];
}

/** Does what the address of this start asks for, once. */
export async function begin(): Promise<void> {
  const params = new URL(location.href).searchParams;
  const start = params.get("start");
  if (params.has("received")) {
    route.go(route.with({ received: null }), "replace");
    await receive();
  } else if (start === "checklist") {
    route.go(route.with({ start: null, note: create({ content: "- [ ] " }) }), "replace");
  } else if (start === "search") {
    route.go(route.with({ start: null }), "replace");
    document.getElementById("search")?.focus();
  }
}

/** Makes a note of what the service worker has kept. */
async function receive(): Promise<void> {
  const cache = await caches.open("shared");
  const kept = await cache.match("/shared/text");
  if (!kept) return;
  const { title, text, url, files } = (await kept.json()) as Received;
  // Programs put an address into the text or beside it, or both.
  const lines = [text, text.includes(url) ? "" : url].filter(Boolean);
  const list: File[] = [];
  for (const [at, name] of files.entries()) {
    const blob = await (await cache.match(`/shared/${at}`))?.blob();
    if (blob) list.push(new File([blob], name, { type: blob.type }));
  }
  await caches.delete("shared");
  const id = create({ title, content: lines.join("\n\n") });
  if (list.length > 0) attach(id, list);
  route.go(route.with({ note: id }), "replace");
  toasts.show("Shared to a new note.");
}
