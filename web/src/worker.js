// Keeps the page itself, so that it opens without a network. What the service says is not touched: `/api` is never kept here.
const VERSION = "__VERSION__";
const FILES = __FILES__;
/** The files of each language; kept are those of the language of the page. */
const CATALOGS = __CATALOGS__;
/** What is said outside of the page, by its English. */
const TEXTS = __TEXTS__;

/** The language that the page has told last, or that of the browser. */
async function languageTag() {
  const told = await caches.match("/language", { cacheName: "language" });
  return told ? told.text() : (navigator.languages.find((tag) => tag.split("-")[0] in TEXTS) ?? "en");
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    Promise.all([caches.open(VERSION), languageTag()])
      .then(([cache, tag]) => {
        const files = [...FILES, ...(CATALOGS[tag.split("-")[0]] ?? [])];
        return cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })));
      })
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  // Pages of the version before may still ask for its parts: one older version stays.
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name !== VERSION && name.startsWith("notes-"))
            .slice(0, -1)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && url.pathname === "/share") event.respondWith(receive(request));
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/api/") || url.pathname.startsWith("/docs")) return;
  // Whoever opens a link needs the service anyway.
  if (url.pathname === "/link.html") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});

// The page tells its language: its files are kept, and notifications speak it.
self.addEventListener("message", (event) => {
  const { language } = event.data ?? {};
  if (!language) return;
  event.waitUntil(
    Promise.all([
      caches.open("language").then((cache) => cache.put("/language", new Response(language))),
      caches.open(VERSION).then(async (cache) => {
        for (const file of CATALOGS[language.split("-")[0]] ?? [])
          if (!(await cache.match(file))) await cache.add(file);
      }),
    ]),
  );
});

// A reminder, while no page is open. A browser shows something of its own if this shows nothing.
self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data?.json() ?? {};
  } catch {
    // Not from the service: there is a reminder all the same.
  }
  event.waitUntil(Promise.all([show(message), navigator.setAppBadge?.()]));
});

async function show({ noteId, reminderAt, title }) {
  const tag = await languageTag();
  const texts = TEXTS[tag.split("-")[0]] ?? TEXTS.en;
  const at = reminderAt && new Date(reminderAt).toLocaleTimeString(tag, { timeStyle: "short" });
  await registration.showNotification(texts.Reminder, {
    body: [title || texts["Untitled note"], at].filter(Boolean).join(" · "),
    lang: tag,
    dir: "auto",
    icon: "/icon-192.png",
    ...(noteId ? { tag: noteId, data: noteId } : {}),
  });
}

// The browser has replaced its subscription: the service gets the other one, for the account that subscribed.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(
    (async () => {
      const options = event.oldSubscription?.options;
      const fresh = event.newSubscription ?? (options && (await registration.pushManager.subscribe(options)));
      // The page keeps the account of the subscription: another one that is signed in by now gets none of its reminders.
      const account = await (await (await caches.open("push")).match("/push/account"))?.text();
      if (!fresh || !account) return;
      const { endpoint, keys } = fresh.toJSON();
      await fetch("/api/push/subscriptions", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Notes-Account": account },
        body: JSON.stringify({ endpoint, keys }),
      });
    })(),
  );
});

// A reminder that was told while nobody looked. The page that told it may have been closed since.
self.addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(
    clients.matchAll({ type: "window" }).then(async ([page]) => {
      const address = notification.data ? `/?note=${notification.data}` : "/reminders";
      if (!page) return clients.openWindow(address);
      if (notification.data) page.postMessage({ open: notification.data });
      return page.focus();
    }),
  );
});

/** The page as the server has it; as it was kept, if the server takes long or is not there. */
async function page(request) {
  const kept = await caches.match("/", { ignoreVary: true });
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), 2500));
  const fresh = fetch(request).then((response) => (response.ok ? response : kept));
  return Promise.race([fresh, late]).catch(() => kept);
}

/** Keeps what another program shares until the page takes it, for the account that is in this browser, and opens the page. */
async function receive(request) {
  const form = await request.formData();
  const account = await (await caches.match("/account", { cacheName: "account" }))?.text();
  const cache = await caches.open("shared");
  const note = `/shared/note/${crypto.randomUUID()}`;
  const text = Object.fromEntries(["title", "text", "url"].map((name) => [name, form.get(name) ?? ""]));
  const files = form.getAll("files").filter((file) => file instanceof File && file.size > 0);
  for (const [at, file] of files.entries()) {
    await cache.put(`${note}/${at}`, new Response(file, { headers: { "Content-Type": file.type } }));
  }
  // Last: the page looks for it.
  await cache.put(note, new Response(JSON.stringify({ ...text, account, files: files.map(({ name }) => name) })));
  return Response.redirect("/?received=1", 303);
}
