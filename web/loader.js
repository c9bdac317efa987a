// Starts the app: the service worker, then the Go program, as late as the page
// allows: starting it costs a second of a slow phone. The page is readable
// without any of it.
"use strict";

// What go-app calls by name. It replaces the last three with its own.
var goappGetenv = () => "";
var goappNav = () => {};
var goappOnUpdate = () => {};
var goappOnAppInstallChange = () => {};

(() => {
  const root = document.documentElement, sw = navigator.serviceWorker;
  const returning = Boolean(sw?.controller);

  let assets;
  try {
    assets = JSON.parse(document.getElementById("assets").textContent);
  } catch {
    return; // a page without the app, such as an error page
  }

  // starts that fail

  // How often in a row the app did not come up, in all tabs and visits.
  const STARTS = "marginalia-failed-starts", SLOWEST = 60e3;

  function failures() {
    try {
      return Number(localStorage.getItem(STARTS)) || 0;
    } catch {
      return 0; // storage is blocked
    }
  }

  function count(n) {
    try {
      if (n) localStorage.setItem(STARTS, n);
      else localStorage.removeItem(STARTS);
    } catch {
      // It starts all the same.
    }
  }

  // Every second failure in a row everything is fetched anew.
  const healing = failures() > 0 && failures() % 2 === 0;

  // heal forgets all that is kept of the app, but nothing that was written: that
  // is in IndexedDB. The worker comes back at the next visit. Without a network
  // what is here is all there is.
  async function heal() {
    const answer = await fetch(assets.sw, { cache: "no-store" }).catch(() => undefined);
    if (!answer?.ok) return;
    await (await sw?.getRegistration())?.unregister();
    const names = await window.caches?.keys() ?? [];
    await Promise.all(names.filter((name) => name.startsWith("marginalia-")).map((name) => caches.delete(name)));
    await Promise.all([assets.exec, assets.dom, assets.wasm, assets.words].filter(Boolean).map(anew));
  }

  // anew fetches past everything that is kept, and has the new answer kept.
  async function anew(url) {
    const answer = await fetch(url, { cache: "reload" });
    if (!answer.ok) throw new Error("status " + answer.status);
    await answer.arrayBuffer();
  }

  // twice tries a step of the start again with the file fetched anew.
  async function twice(url, step) {
    try {
      return await step(url);
    } catch {
      await anew(url);
      return step(url);
    }
  }

  // the service worker

  let registration, reloadWanted = false;

  function announce() {
    // An app that is not there holds nothing that a new version could disturb.
    if (root.dataset.app === "failed") return window.marginaliaTakeUpdate();
    window.marginaliaUpdateWaiting = true; // for an app that starts later
    window.dispatchEvent(new CustomEvent("marginalia:update"));
  }

  function watch(worker) {
    worker?.addEventListener("statechange", () => {
      // Without a controller this is the first install, not an update.
      if (worker.state === "installed" && sw.controller) announce();
    });
  }

  async function register() {
    if (healing) return;
    try {
      registration = await sw.register(assets.sw, { updateViaCache: "none" });
    } catch {
      return; // blocked by the browser's settings: the app works, but not offline
    }
    if (registration.waiting && sw.controller) announce();
    watch(registration.installing);
    registration.addEventListener("updatefound", () => watch(registration.installing));
    if (!returning) {
      // This page came before the worker: it has not seen it yet.
      const ready = await sw.ready;
      ready.active?.postMessage({ type: "keep", url: location.pathname });
    }
  }

  window.marginaliaTakeUpdate = () => {
    const waiting = registration?.waiting;
    if (!waiting) return location.reload();
    reloadWanted = true;
    waiting.postMessage({ type: "take" });
  };

  function workers() {
    sw.addEventListener("controllerchange", () => {
      if (!reloadWanted) return; // another tab agreed, not this one
      reloadWanted = false;
      location.reload();
    });
    if (document.readyState === "complete") register();
    else addEventListener("load", register, { once: true });

    // An installed app can stay open for days.
    let asked = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || !registration || Date.now() - asked < 3600e3) return;
      asked = Date.now();
      registration.update().catch(() => {});
    });
  }

  // the browser's offer to install the app, which the app passes on at a good moment

  const offer = (e) => {
    window.marginaliaInstall = e;
    window.dispatchEvent(new Event("marginalia:install"));
  };
  window.addEventListener("beforeinstallprompt", (e) => { e.preventDefault(); offer(e); });
  window.addEventListener("appinstalled", () => offer());

  // what the reader does before the app is up

  let early; // the last wish: a key, or the id of a control

  const inField = (e) => e.target instanceof Element && e.target.closest("input, textarea, select, [contenteditable]");

  function onKey(e) {
    if (e.key === "a" && !e.ctrlKey && !e.metaKey && !e.altKey && !inField(e)) early = { key: "a" };
  }

  function onPress(e) {
    // A disabled control gets no click, but its pointer events are seen here.
    const control = e.target instanceof Element && e.target.closest("[data-early]");
    if (control?.id) early = { id: control.id };
  }

  function replay() {
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("pointerup", onPress, true);
    if (!early) return;
    // Two frames, so that a selection made before the start has been heard.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (early.id) document.getElementById(early.id)?.click();
      else document.body.dispatchEvent(new KeyboardEvent("keydown", { key: early.key, bubbles: true, cancelable: true }));
    }));
  }

  // the Go program

  const bar = document.getElementById("app-wasm-loader");
  let slow;

  function busy(on) {
    if (bar) bar.hidden = !on;
  }

  function failed(err) {
    busy(false);
    clearTimeout(slow);
    if (root.dataset.app !== "ready") {
      count(failures() + 1);
      root.classList.remove("js"); // the page is as it is without
      mend();
    }
    root.dataset.app = "failed";
    const place = document.getElementById("app-wasm-loader-label");
    if (place) {
      place.textContent = document.getElementById("not-started")?.content.textContent;
      place.hidden = false;
    }
    console.error("app start:", err?.name ?? "stopped"); // never a message: it may quote the page
  }

  // mend takes a version that waits, or looks for one: it may be the mended one.
  function mend() {
    if (registration?.waiting && sw.controller) setTimeout(announce);
    else registration?.update().catch(() => {});
  }

  function script(src) {
    return new Promise((resolve, reject) => {
      const el = document.createElement("script");
      el.src = src;
      el.onload = resolve;
      el.onerror = () => reject(new Error(src));
      document.head.append(el);
    });
  }

  async function instantiate(url, imports) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error("status " + answer.status);
    const streams = WebAssembly.instantiateStreaming && answer.headers.get("Content-Type") === "application/wasm";
    return streams ? WebAssembly.instantiateStreaming(answer, imports)
      : WebAssembly.instantiate(await answer.arrayBuffer(), imports);
  }

  // words puts the messages of the page's language where the app reads them. The
  // app has the English ones, and says those if the others cannot be had.
  async function words() {
    if (!assets.words) return;
    const answer = await fetch(assets.words).catch(() => undefined);
    if (!answer?.ok) return;
    const block = document.createElement("script");
    block.type = "application/json";
    block.id = "words";
    block.textContent = await answer.text();
    document.head.append(block);
  }

  // Where cookies are blocked the getter throws, and go-app reads it at its start.
  function standIn(name) {
    try {
      void window[name];
    } catch {
      Object.defineProperty(window, name, { value: { length: 0, getItem: () => null, setItem() {}, removeItem() {}, key: () => null, clear() {} } });
    }
  }

  // up is the end of a start that went well.
  function up() {
    clearTimeout(slow);
    count(0);
    sw?.controller?.postMessage({ type: "started", build: assets.build });
  }

  async function run() {
    busy(true);
    standIn("localStorage");
    standIn("sessionStorage");
    slow = setTimeout(() => count(failures() + 1), SLOWEST);
    try {
      if (healing) await heal();
      await Promise.all([twice(assets.exec, script), twice(assets.dom, script), words()]);
      const go = new Go();
      const { instance } = await twice(assets.wasm, (url) => instantiate(url, go.importObject));
      await go.run(instance);
      failed(); // it never ends of its own accord
    } catch (err) {
      failed(err);
    }
  }

  // when

  const signs = ["pointermove", "pointerdown", "scroll", "keydown", "focusin", "touchstart", "selectionchange"];
  let timer;

  function start() {
    for (const sign of signs) document.removeEventListener(sign, start, true);
    clearTimeout(timer);
    run();
  }

  if (sw) workers();
  if (!window.WebAssembly) return;
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerup", onPress, true);
  window.addEventListener("marginalia:ready", () => { busy(false); up(); replay(); }, { once: true });

  if (returning) return start();
  for (const sign of signs) document.addEventListener(sign, start, { capture: true, passive: true });
  const wait = () => { timer = setTimeout(start, 15e3); };
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
})();
