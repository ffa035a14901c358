// Keeps the page itself, so that it opens without a network. What the service says is not touched: `/api` is never kept here.
const VERSION = "__VERSION__";
const FILES = __FILES__;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(VERSION)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" }))))
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
            .filter((name) => name !== VERSION)
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
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/api/") || url.pathname.startsWith("/docs")) return;
  // Whoever opens a link needs the service anyway.
  if (url.pathname === "/link.html") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});

// A reminder that was told while nobody looked. The page that told it may have been closed since.
self.addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(
    clients.matchAll({ type: "window" }).then(async ([page]) => {
      if (!page) return clients.openWindow(`/?note=${notification.data}`);
      page.postMessage({ open: notification.data });
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
