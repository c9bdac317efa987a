// Has the page look as its reader likes it, before it is first drawn, and opens the panels
// at its foot. The app keeps the choices in its own store; here is a copy that can be read
// at once.
"use strict";

window.marginaliaDisplay = (() => {
  const KEY = "marginalia-display", root = document.documentElement, names = ["size", "width", "lines", "theme", "keys"];
  let hear; // the app, once it is up
  const waiting = [];

  function show(text) {
    const wanted = new URLSearchParams(text ?? ""), theme = wanted.get("theme");
    for (const name of names) {
      const value = wanted.get(name) ?? "";
      if (value) root.dataset[name] = value;
      else delete root.dataset[name];
      for (const box of document.querySelectorAll(`[data-prefer][name="${name}"]`)) {
        box.checked = box.type === "checkbox" ? !value : box.value === value;
      }
    }
    for (const bar of document.querySelectorAll("meta[data-scheme]")) {
      const scheme = bar.dataset.scheme;
      bar.media = theme ? (scheme === theme ? "all" : "not all") : `(prefers-color-scheme: ${scheme})`;
    }
  }

  function read() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return ""; // storage is blocked
    }
  }

  function keep(text) {
    show(text);
    try {
      if (!text) localStorage.removeItem(KEY);
      else if (localStorage.getItem(KEY) !== text) localStorage.setItem(KEY, text);
    } catch {
      // Until the page is left it looks as wanted.
    }
  }

  function prefer(name, value) {
    const all = new URLSearchParams(name === "reset" ? "" : read() ?? "");
    if (value) all.set(name, value);
    else all.delete(name);
    if (names.includes(name) || name === "reset") keep(String(all));
    // Here, since browsers ask only while a press is handled.
    if (name === "install" && value) window.marginaliaInstall?.prompt();
    if (hear) hear(name, value);
    else waiting.push([name, value]);
  }

  show(read());
  document.addEventListener("DOMContentLoaded", () => show(read())); // what is ticked
  addEventListener("storage", (e) => { if (e.key === KEY || e.key === null) show(e.newValue); });

  document.addEventListener("change", ({ target: box }) => {
    if (box.matches("[data-prefer]")) prefer(box.name, box.type === "checkbox" ? (box.checked ? "" : "off") : box.value);
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-prefer]"), opener = target.closest("[data-opens]");
    if (button) prefer(button.name, button.value);
    const panel = opener && document.getElementById(opener.dataset.opens);
    panel?.showModal?.();
  });

  return { keep, listen(f) { hear = f; for (const choice of waiting.splice(0)) f(...choice); } };
})();
