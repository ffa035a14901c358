// Follows what other devices do: the service says that something has changed, and the changes are asked for.
import { api, type Changed, Failure, type Reminded } from "../api/client";
import { loadLabels } from "./account";
import { notes } from "./notes.svelte";
import { queue } from "./queue.svelte";
import { moment } from "./dates";
import { route } from "./route.svelte";
import { ask } from "./session.svelte";
import { link, toasts } from "./toasts.svelte";

/** How often changes are asked for while nobody says whether there are any. */
const POLL_MILLIS = 60_000;

let pulling = false;
let again = false;

/** Takes everything that has changed since the last time. */
async function pull(): Promise<void> {
  if (notes.revision === undefined) return;
  again = pulling;
  if (pulling) return;
  pulling = true;
  try {
    let more: boolean;
    do {
      const since: number = notes.revision;
      const changes = await ask(api.GET("/api/changes", { params: { query: { since } } }));
      // Everything was forgotten meanwhile, or another account is here.
      if (notes.revision !== since) return;
      notes.take(changes.notes);
      notes.drop(changes.deletedNotes);
      if (changes.labels.length > 0 || changes.deletedLabels.length > 0) {
        const gone = new Set([...changes.deletedLabels, ...changes.labels.map(({ id }) => id)]);
        notes.takeLabels([...notes.labels.filter(({ id }) => !gone.has(id)), ...changes.labels]);
      }
      if (!isOwn(changes)) tellParts();
      notes.revision = changes.revision;
      notes.keep();
      more = changes.more;
    } while (more);
    if (link.lost) queue.hurry();
  } catch (cause) {
    // Too much has happened since: everything is read again.
    if (cause instanceof Failure && cause.status === 410) notes.reset();
    else if (cause instanceof Failure && cause.passing) link.lost = true;
  } finally {
    pulling = false;
    if (again) void pull();
  }
}

type Changes = Awaited<ReturnType<typeof api.GET<"/api/changes">>>;

/** Says if nothing but notes and labels has changed. Where nothing is named at all, it is an invitation. */
function isOwn(changes: Changes): boolean {
  const { sharedNotes, endedShares, filters, deletedFilters, notes, deletedNotes, labels, deletedLabels } = changes;
  return (
    [sharedNotes, endedShares, filters, deletedFilters].every(({ length }) => length === 0) &&
    [notes, deletedNotes, labels, deletedLabels].some(({ length }) => length > 0)
  );
}

/** Parts that are loaded on demand read their own things again. */
function tellParts(): void {
  dispatchEvent(new Event("notes:changed"));
}

function remind(event: MessageEvent<string>): void {
  const { noteId, title, reminderAt } = JSON.parse(event.data) as Reminded;
  const text = `${title || "A note"} · ${moment(reminderAt)}`;
  const open = (): void => route.go(route.with({ note: noteId }));
  toasts.show(`Reminder: ${text}`, { action: { label: "Open", run: open } });
  if (globalThis.Notification?.permission === "granted" && document.visibilityState === "hidden")
    void notify({ body: text, icon: "/icon-192.png", tag: noteId, data: noteId });
}

/** Outside of the page. Phones let only its service worker do that, which says when one is pressed. */
async function notify(options: NotificationOptions): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.showNotification("Reminder", options);
}

/** A notification was pressed. */
function pressed({ data }: MessageEvent<{ open: string }>): void {
  route.go(route.with({ note: data.open }));
}

/** Follows until what it returns is called. */
export function follow(): () => void {
  let source: EventSource | undefined;
  let reopen: ReturnType<typeof setTimeout> | undefined;

  const open = (): void => {
    clearTimeout(reopen);
    source?.close();
    source = new EventSource("/api/events");
    source.onopen = () => {
      link.lost = false;
      queue.hurry();
    };
    source.addEventListener("changed", (event: MessageEvent<string>) => {
      const { revision } = JSON.parse(event.data) as Changed;
      // Before any list was read, labels are all there is that can be out of date.
      if (notes.revision === undefined) {
        tellParts();
        void loadLabels().catch(() => {});
      } else if (revision > notes.revision) void pull();
    });
    source.addEventListener("reminder", remind);
    source.onerror = () => {
      // The browser connects again by itself, but not after a refusal.
      if (source?.readyState === EventSource.CLOSED) reopen = setTimeout(open, POLL_MILLIS / 4);
    };
  };
  const look = (): void => {
    if (document.visibilityState !== "visible") return;
    void pull();
    if (source?.readyState === EventSource.CLOSED) open();
  };
  const lose = (): void => {
    link.lost = true;
  };

  open();
  const timer = setInterval(look, POLL_MILLIS);
  void pull();
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  addEventListener("offline", lose);
  navigator.serviceWorker?.addEventListener("message", pressed);
  return () => {
    source?.close();
    clearTimeout(reopen);
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    removeEventListener("online", look);
    removeEventListener("offline", lose);
    navigator.serviceWorker?.removeEventListener("message", pressed);
  };
}
