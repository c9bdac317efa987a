// The service worker: the app and the pages read stay here without a network.
// The server puts `const BUILD = {"build", "precache", "later"}` before this text. Data
// (/api/) never passes through: IndexedDB is the only offline data.
"use strict";

const SHELL = "/shell", PATIENCE = 3000, LONGEST = 10000, MOST_PAGES = 60, REFILLED = 20;
const APP = "marginalia-" + BUILD.build, PAGES = "marginalia-pages-" + BUILD.build;
const KEPT = /^\/(?:$|faq$|me$|a\/[^/]+(?:\/r\/[^/]+)?$)/; // pages worth keeping
const PAGE = /^\/(?:$|faq$|me$|desk$|log$|a\/[^/]+(?:\/r\/[^/]+)?$)/;
const FILE = /^\/(?:assets\/|icon|manifest\.webmanifest$)/;
const anyway = { ignoreVary: true };

self.addEventListener("install", (e) => e.waitUntil(install()));
self.addEventListener("activate", (e) => e.waitUntil(activate()));

async function install() {
  const cache = await caches.open(APP);
  // A hashed asset is the same wherever it comes from; a page is not.
  await cache.addAll(BUILD.precache.map((url) => new Request(url, { cache: url.startsWith("/assets/") ? "default" : "reload" })));
  await refill();
}

// refill fetches anew the pages that the last build kept: theirs name assets
// which go with it. What fails is still in IndexedDB and drawn by the shell.
async function refill() {
  const urls = [];
  for (const name of await older("marginalia-pages-")) {
    const cache = await caches.open(name);
    urls.push(...(await cache.keys()).map((r) => new URL(r.url).pathname));
  }
  for (const url of urls.slice(-REFILLED)) await fetchPage(url);
}

async function activate() {
  const old = await older("marginalia-");
  if (!old.length) {
    // The first visit: what is open now came before the worker. Once it is in
    // control, its pages open without a network.
    await Promise.race([keepOpen(), after(PATIENCE)]);
    await self.clients.claim();
    return later();
  }
  // This runs only when no tab uses the old build, or when the reader agreed.
  await Promise.all(old.map((name) => caches.delete(name)));
  await later();
}

// later fetches what the app can do without for a while, such as the models of
// the rules. What fails is fetched when it is asked for.
async function later() {
  const cache = await caches.open(APP);
  for (const url of BUILD.later ?? []) {
    if (!(await cache.match(url, anyway))) await cache.add(url).catch(() => {});
  }
}

async function keepOpen() {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const paths = new Set(open.map((client) => new URL(client.url).pathname).filter((path) => KEPT.test(path)));
  await Promise.all([...paths].map(fetchPage));
}

async function older(prefix) {
  return (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== APP && name !== PAGES);
}

self.addEventListener("message", (e) => {
  const { type, url } = e.data ?? {};
  if (type === "take") self.skipWaiting();
  if (type === "keep" && KEPT.test(url)) e.waitUntil(fetchPage(url));
  if (type === "drop") e.waitUntil(dropPages());
});

async function dropPages() {
  const names = (await caches.keys()).filter((name) => name.startsWith("marginalia-pages-"));
  await Promise.all(names.map((name) => caches.delete(name)));
}

self.addEventListener("sync", (e) => {
  if (e.tag === "outbox") e.waitUntil(wake());
});

// wake asks one open page to send: Go cannot run here.
async function wake() {
  const [page] = await self.clients.matchAll({ type: "window" });
  page?.postMessage({ type: "sync" });
}

self.addEventListener("fetch", (e) => {
  const { request } = e, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (FILE.test(url.pathname)) e.respondWith(file(request, url));
  else if (request.mode === "navigate" && PAGE.test(url.pathname)) e.respondWith(page(e, url));
});

async function file(request, url) {
  const hit = await caches.match(request, anyway);
  if (hit) return hit;
  const answer = await fetch(request);
  if (answer.ok && url.pathname.startsWith("/assets/")) {
    const copy = answer.clone();
    caches.open(APP).then((cache) => cache.put(request, copy)).catch(() => {});
  }
  return answer;
}

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// page asks the network first. A stored page is shown when there is no answer
// within PATIENCE or the server is down, the shell when there is none at all.
async function page(e, url) {
  const network = fetch(e.request);
  // Also a late answer is kept. The copy is made before the page reads the body.
  e.waitUntil(network.then((answer) => keep(url, answer.clone())).catch(() => {}));
  const fresh = network.catch(() => undefined);
  const stored = await kept(url.pathname);
  const answer = await Promise.race([fresh, after(stored ? PATIENCE : LONGEST)]);
  if (answer && answer.status < 500) return answer;
  return stored ?? (await caches.match(SHELL, anyway)) ?? (await fresh) ?? Response.error();
}

async function kept(path) {
  const pages = await caches.open(PAGES), app = await caches.open(APP);
  return (await pages.match(path, anyway)) ?? (await app.match(path, anyway));
}

async function fetchPage(path) {
  try {
    const answer = await fetch(path, { cache: "no-cache" });
    await keep(new URL(path, self.location.origin), answer);
  } catch {
    // Offline: the shell draws it from IndexedDB.
  }
}

// keep stores a page that the reader saw, newest last, and forgets one that is gone.
async function keep(url, answer) {
  if (!KEPT.test(url.pathname) || url.search) return;
  try {
    const cache = await caches.open(PAGES);
    if (answer.status === 404 || answer.status === 410) return void await cache.delete(url.pathname);
    const html = answer.headers.get("Content-Type")?.startsWith("text/html");
    if (answer.status !== 200 || answer.type !== "basic" || answer.redirected || !html) return;
    await cache.delete(url.pathname);
    await cache.put(url.pathname, answer);
    const all = await cache.keys();
    await Promise.all(all.slice(0, Math.max(0, all.length - MOST_PAGES)).map((r) => cache.delete(r)));
  } catch {
    // No room: the page was shown all the same.
  }
}
