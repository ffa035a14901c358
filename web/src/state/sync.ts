// Follows what other devices do: the service says that something has changed, and the changes are asked for. One page of the browser does it for
// all.
import { api, type Changed, Failure, type Reminded } from "../api/client";
import { loadLabels } from "./account";
import { reread } from "./keeper";
import { notes } from "./notes.svelte";
import { queue } from "./queue.svelte";
import { moment } from "./dates";
import { route } from "./route.svelte";
import { reached } from "./reach";
import { send } from "./send";
import { ask, session } from "./session.svelte";
import { hear, tell, together } from "./tabs";
import { link, toasts } from "./toasts.svelte";

/** How often changes are asked for while nobody says whether there are any. */
const POLL_MILLIS = 60_000;

/** While the service cannot be listened to, it is asked who is signed in no more often than this. */
const ASK_MILLIS = 2000;

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
      // Everything was forgotten meanwhile, another account is here, or another page has read a list at an earlier revision.
      if (notes.revision !== since) {
        again = true;
        return;
      }
      notes.take(changes.notes);
      notes.drop(changes.deletedNotes);
      if (changes.labels.length > 0 || changes.deletedLabels.length > 0) {
        const gone = new Set([...changes.deletedLabels, ...changes.labels.map(({ id }) => id)]);
        // What the user changes just now is newer: everything is read once it is answered.
        if (notes.labelsWaiting > 0) notes.labelsMissed = true;
        else notes.takeLabels([...notes.labels.filter(({ id }) => !gone.has(id)), ...changes.labels]);
      }
      if (!isOwn(changes)) tellParts();
      notes.revision = changes.revision;
      more = changes.more;
    } while (more);
    if (link.lost) queue.hurry();
  } catch (cause) {
    // Too much has happened since: everything is read again.
    if (cause instanceof Failure && cause.status === 410) {
      notes.reset();
      void loadLabels().catch(() => {});
    } else if (cause instanceof Failure && cause.passing) reached(false);
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

/** Parts that are loaded on demand read their own things again, in all pages. */
function tellParts(): void {
  dispatchEvent(new Event("notes:changed"));
  tell({ account: notes.account, kind: "parts" });
}

function remind(data: string, outside: boolean): void {
  const { noteId, title, reminderAt } = JSON.parse(data) as Reminded;
  const name = title || "Untitled note";
  // From right to left, letters of the other direction would drag the time along.
  const text = `${document.dir === "rtl" ? `\u2068${name}\u2069` : name} · ${moment(reminderAt)}`;
  const open = (): void => route.go(route.with({ note: noteId }));
  toasts.show(`Reminder: ${text}`, { action: { label: "Open", run: open } });
  if (outside && globalThis.Notification?.permission === "granted" && document.visibilityState === "hidden")
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
  const account = session.account?.id ?? "";
  const look = (): void => {
    if (document.visibilityState !== "visible") return;
    if (notes.leading) void pull();
    else tell({ account, kind: "hurry" });
  };
  const lose = (): void => {
    link.lost = true;
  };
  const unhear = hear((message) => {
    if (message.account !== account) return;
    if (message.kind === "hurry" && notes.leading) void pull();
    else if (message.kind === "reminder") remind(message.data, false);
    else if (message.kind === "parts") dispatchEvent(new Event("notes:changed"));
  });
  const timer = setInterval(look, POLL_MILLIS);
  const resign = lead(account);
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  addEventListener("offline", lose);
  navigator.serviceWorker?.addEventListener("message", pressed);
  return () => {
    resign();
    unhear();
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    removeEventListener("online", look);
    removeEventListener("offline", lose);
    navigator.serviceWorker?.removeEventListener("message", pressed);
  };
}

/** Waits until no other page leads, and leads until what it returns is called. */
function lead(account: string): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const begin = (): void => {
    if (signal.aborted) return;
    notes.leading = true;
    const stops = [listen(account), send(account)];
    void import("./everything").then(({ readEverything }) => readEverything(signal)).catch(() => {});
    signal.addEventListener("abort", () => {
      notes.leading = false;
      for (const stop of stops) stop();
    });
  };
  void notes.opened.then(async () => {
    if (signal.aborted) return;
    // Pages that cannot know of each other lead themselves.
    if (!together || !notes.durable) return begin();
    await navigator.locks
      .request(`leader:${account}`, { signal }, async () => {
        await reread();
        begin();
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      })
      .catch(begin);
  });
  return () => ended.abort();
}

/** Listens to the service until what it returns is called. */
function listen(account: string): () => void {
  let source: EventSource | undefined;
  let reopen: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  /** The newest revision that the service has announced. */
  let announced = 0;

  const open = (): void => {
    clearTimeout(reopen);
    source?.close();
    source = new EventSource(`/api/events?account=${account}`);
    source.onopen = () => {
      reached(true);
      queue.hurry();
    };
    source.addEventListener("changed", (event: MessageEvent<string>) => {
      const { revision } = JSON.parse(event.data) as Changed;
      announced = revision;
      // Before any list was read, labels are all there is that can be out of date.
      if (notes.revision === undefined) {
        tellParts();
        void loadLabels().catch(() => {});
      } else if (revision > notes.revision) void pull();
    });
    source.addEventListener("reminder", ({ data }: MessageEvent<string>) => {
      remind(data, true);
      tell({ account, kind: "reminder", data });
    });
    source.onerror = () => {
      // The stream ends with the session, too.
      if (Date.now() - asked > ASK_MILLIS) {
        asked = Date.now();
        void session.refresh();
      }
      // The browser connects again by itself, but not after a refusal.
      if (source?.readyState === EventSource.CLOSED) reopen = setTimeout(open, POLL_MILLIS / 4);
    };
  };
  const look = (): void => {
    if (document.visibilityState === "visible" && source?.readyState === EventSource.CLOSED) open();
  };

  // The first list was read before the change that was announced.
  const begun = (): void => {
    if (announced > (notes.revision ?? announced)) void pull();
  };

  open();
  void pull();
  addEventListener("notes:begun", begun);
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  return () => {
    source?.close();
    clearTimeout(reopen);
    removeEventListener("notes:begun", begun);
    document.removeEventListener("visibilitychange", look);
    removeEventListener("online", look);
  };
}
