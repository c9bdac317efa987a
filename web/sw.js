// The service worker: the app and the pages read stay here without a network.
// The server puts `const BUILD = {"build", "precache", "later", "words"}` before this text. Data
// (/api/) never passes through: IndexedDB is the only offline data.
"use strict";

const SHELL = "/shell", SHARE = "/share", PATIENCE = 3000, LONGEST = 10000, MOST_PAGES = 60, REFILLED = 20;
const NAME = "marginalia-", PAGES_OF = "marginalia-pages-", OLD_BUILDS = 2;
const APP = NAME + BUILD.build, PAGES = PAGES_OF + BUILD.build;
const KEPT = /^\/(?:$|faq$|me$|share$|a\/[^/]+(?:\/r\/[^/]+)?$)/; // pages worth keeping
const PAGE = /^\/(?:$|faq$|me$|share$|desk$|log$|a\/[^/]+(?:\/r\/[^/]+)?$)/;
const FILE = /^\/(?:assets\/|icon|manifest\.webmanifest$)/;
const OWN = new Set([...BUILD.precache, ...(BUILD.later ?? []), ...(BUILD.words ?? [])]);
const anyway = { ignoreVary: true };

// A page and its assets are always of one build: pages name assets by their hash,
// and of another build's answers none is kept here.
const isAsset = (path) => path.startsWith("/assets/");
const ours = (answer) => answer.headers.get("Marginalia-Build") === BUILD.build;

self.addEventListener("install", (e) => e.waitUntil(install()));
self.addEventListener("activate", (e) => e.waitUntil(activate()));

// install has everything or nothing: while the server changes builds it may give
// a part of each. The browser tries again, and the old build goes on till then.
async function install() {
  try {
    const cache = await caches.open(APP);
    await Promise.all(BUILD.precache.map((url) => precache(cache, url)));
    await words(cache);
  } catch (err) {
    await caches.delete(APP);
    throw err;
  }
  await refill();
}

async function precache(cache, url) {
  // A hashed asset is the same wherever it comes from; a page is not.
  const answer = await fetch(url, { cache: isAsset(url) ? "default" : "reload" });
  const page = url === SHELL || KEPT.test(url);
  if (!answer.ok || answer.redirected || (page && !ours(answer))) throw new Error("not of this build: " + url);
  await cache.put(url, answer);
}

// words keeps the messages of the reader's language, which the shell names.
async function words(cache) {
  const html = await (await cache.match(SHELL, anyway))?.text();
  const url = (BUILD.words ?? []).find((path) => html?.includes(path));
  if (url) await precache(cache, url);
}

// refill fetches anew the pages that the last build kept: theirs name assets
// which go with it. What fails is still in IndexedDB and drawn by the shell.
async function refill() {
  const urls = [];
  for (const name of await older()) {
    if (!name.startsWith(PAGES_OF)) continue;
    const cache = await caches.open(name);
    urls.push(...(await cache.keys()).map((r) => new URL(r.url).pathname));
  }
  for (const url of urls.slice(-REFILLED)) await fetchPage(url);
}

async function activate() {
  if (!(await older()).length) {
    // The first visit: what is open now came before the worker. Once it is in
    // control, its pages open without a network.
    await Promise.race([keepOpen(), after(PATIENCE)]);
    await self.clients.claim();
    return later();
  }
  // Another tab than the one that agreed may still run an old build, and ask for
  // more of its assets: those stay, its pages go.
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await tidy(open.length ? OLD_BUILDS : 0);
  await later();
}

// tidy forgets the old builds, but for the assets of the latest few.
async function tidy(kept) {
  if (self.registration.installing || self.registration.waiting) return; // theirs are among them
  const old = await older(), apps = old.filter((name) => !name.startsWith(PAGES_OF));
  const stay = new Set(kept ? apps.slice(-kept) : []);
  await Promise.all(old.filter((name) => !stay.has(name)).map((name) => caches.delete(name)));
}

// started hears that a tab runs the app: if it is the only one, no other build
// is needed any more.
async function started(build) {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (build === BUILD.build && open.length === 1) await tidy(0);
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

async function older() {
  return (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== APP && name !== PAGES);
}

self.addEventListener("message", (e) => {
  const { type, url, build } = e.data ?? {};
  if (type === "take") self.skipWaiting();
  if (type === "keep" && KEPT.test(url)) e.waitUntil(fetchPage(url));
  if (type === "started") e.waitUntil(started(build));
  if (type === "drop") e.waitUntil(dropPages());
});

async function dropPages() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES_OF));
  await Promise.all(names.map((name) => caches.delete(name)));
}

self.addEventListener("sync", (e) => {
  if (e.tag === "outbox") e.waitUntil(wake());
});

// wake asks one open page to send: Go cannot run here.
async function wake() {
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((client) => client.visibilityState === "visible") ?? pages[0];
  page?.postMessage({ type: "sync" });
}

self.addEventListener("fetch", (e) => {
  const { request } = e, url = new URL(request.url);
  if (request.method === "POST" && url.origin === self.location.origin && url.pathname === "/language") return e.respondWith(language(e));
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  // A fault in here must never keep a reader from the network.
  const plain = () => fetch(request);
  if (FILE.test(url.pathname)) e.respondWith(file(request, url).catch(plain));
  else if (request.mode === "navigate" && PAGE.test(url.pathname)) e.respondWith(page(e, url).catch(plain));
});

// language passes on the choice of a language. Pages that are kept are in the old
// one: those of the app are fetched anew. Without a network nothing changes.
async function language(e) {
  let answer;
  try {
    answer = await fetch(e.request);
  } catch {
    return Response.redirect(e.request.referrer || "/", 303);
  }
  e.waitUntil((async () => {
    await dropPages();
    const cache = await caches.open(APP);
    await Promise.all(BUILD.precache.filter((url) => !isAsset(url)).map((url) => precache(cache, url).catch(() => {})));
    await words(cache).catch(() => {});
  })());
  return answer;
}

async function file(request, url) {
  const mended = request.cache === "reload" || request.cache === "no-store"; // what is kept may be broken
  const hit = mended ? undefined : await keptFile(request, url);
  if (hit) return hit;
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected && OWN.has(url.pathname)) {
    const copy = answer.clone();
    const stored = caches.open(APP).then((cache) => cache.put(request, copy)).catch(() => {});
    if (mended) await stored; // it is asked for again at once
  }
  return answer;
}

// keptFile finds a file of this build, or an asset of an older one for a tab that
// still runs it.
async function keptFile(request, url) {
  const app = await caches.open(APP);
  return (await app.match(request, anyway)) ?? (isAsset(url.pathname) ? caches.match(request, anyway) : undefined);
}

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// page asks the network first. A stored page is shown when there is no answer
// within PATIENCE or the server is down, the shell when there is none at all.
async function page(e, url) {
  if (url.pathname === SHARE) {
    // What another app sent is in the query: it does not leave the device.
    const page = await kept(SHARE);
    if (page) return page;
  }
  const network = fetch(e.request);
  // Also a late answer is kept. The copy is made before the page reads the body.
  e.waitUntil(network.then((answer) => keep(url, answer.clone())).catch(() => {}));
  const fresh = network.catch(() => undefined);
  const stored = await kept(url.pathname);
  const answer = await Promise.race([fresh, after(stored ? PATIENCE : LONGEST)]);
  if (answer && answer.status < 500) return answer;
  return stored ?? (await kept(SHELL)) ?? (await fresh) ?? Response.error();
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
    if (answer.status !== 200 || answer.type !== "basic" || answer.redirected || !html || !ours(answer)) return;
    await cache.delete(url.pathname);
    await cache.put(url.pathname, answer);
    const all = await cache.keys();
    await Promise.all(all.slice(0, Math.max(0, all.length - MOST_PAGES)).map((r) => cache.delete(r)));
  } catch {
    // No room: the page was shown all the same.
  }
}
