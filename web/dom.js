// The app's DOM work in batches: one call from Go does what would be thousands
// of crossings. What to do is decided in Go (app/state, app/browser). Offsets
// are UTF-16 units of the text of a block, the element with id "b{n}".
"use strict";

window.marginaliaDOM = (() => {
  const known = new Map();    // group -> Map(note id -> StaticRange); "" is the composer's claim
  const scratch = new Range(); // one live range: thousands would slow every change of the page
  const wide = matchMedia("(width >= 48rem)");
  const $ = (selector, root = document) => root.querySelector(selector);
  const story = () => $("main article[data-revision]");

  // text

  function texts(block) {
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), runs = [];
    let node, start = 0;
    while ((node = walk.nextNode())) {
      if (node.parentNode.closest("del")) continue; // removed words are not in the text
      runs.push({ node, start });
      start += node.length;
    }
    return { runs, length: start };
  }

  // at is the place of an offset: at a border, the later node for a start and
  // the earlier one for an end.
  function at({ runs, length }, offset, isEnd) {
    if (!runs.length || offset < 0 || offset > length) return;
    let i = runs.length - 1;
    while (i > 0 && (isEnd ? offset <= runs[i].start : offset < runs[i].start)) i--;
    return [runs[i].node, offset - runs[i].start];
  }

  function finder() {
    const root = story(), seen = new Map();
    const block = (n) => {
      if (!seen.has(n)) {
        const el = document.getElementById("b" + n);
        seen.set(n, el && root?.contains(el) ? texts(el) : { runs: [], length: 0 });
      }
      return seen.get(n);
    };
    return (b0, o0, b1, o1) => {
      const from = at(block(b0), o0, false), to = at(block(b1), o1, true);
      if (!from || !to) return;
      return new StaticRange({ startContainer: from[0], startOffset: from[1], endContainer: to[0], endOffset: to[1] });
    };
  }

  function rects(range) {
    scratch.setStart(range.startContainer, range.startOffset);
    scratch.setEnd(range.endContainer, range.endOffset);
    return scratch.getClientRects();
  }

  // start is the box of a range's first letter: less to measure than all of it.
  function start({ startContainer: node, startOffset: at }) {
    scratch.setStart(node, at);
    scratch.setEnd(node, Math.min(at + 1, node.length));
    return scratch.getClientRects()[0];
  }

  // paint replaces the named groups. ids are joined by line breaks; bytes hold
  // five int32 a range: group, block, offset, block, offset.
  function paint(names, priorities, ids, bytes) {
    const find = finder(), five = new Int32Array(bytes.buffer), all = ids.split("\n");
    const groups = names.map(() => new Map()), lists = names.map(() => []);
    for (let i = 0; i < five.length / 5; i++) {
      const [g, ...place] = five.subarray(5 * i, 5 * i + 5), range = find(...place);
      if (!range) continue;
      groups[g].set(all[i], range);
      lists[g].push(range);
    }
    names.forEach((name, i) => {
      known.set(name, groups[i]);
      if (!window.CSS?.highlights) return;
      const light = new Highlight();
      for (const range of lists[i]) light.add(range);
      light.priority = priorities[i];
      CSS.highlights.set(name, light);
    });
  }

  function rangeOf(id) {
    if (id === "") return known.get("open")?.get("") ?? known.get("open")?.values().next().value;
    for (const group of known.values()) if (group.has(id)) return group.get(id);
  }

  // the notes column

  const heights = new WeakMap(), placed = new WeakMap(); // by element
  const ys = new Map(), marks = new Map(); // by id: an element may come to show another note
  let rows = new Map(), sizes;

  // measure returns [ids, bytes], float64 each: the head's lower edge, then for
  // each row where its claim is (NaN without one) and how high it is, all from
  // the column's upper edge; then which row keeps its place (-1 for none), where that
  // and its mark are, and whether notes stand before the first row. null on a narrow screen.
  function measure(open) {
    const aside = $("aside.notes");
    if (!aside || !wide.matches) return null;
    const top = aside.getBoundingClientRect().top, out = [0], ids = [];
    for (const head of aside.querySelectorAll(":scope > header, :scope > .bar")) {
      out[0] = Math.max(out[0], head.offsetTop + head.offsetHeight);
    }
    rows = new Map();
    for (const el of aside.querySelectorAll(":scope > [data-annotation-id], :scope > .part:not(.kept) > [data-annotation-id], :scope > form.composer")) {
      const high = el.offsetHeight, id = el.dataset.annotationId ?? "";
      if (!high) continue; // hidden
      const range = rangeOf(id), first = range && start(range);
      ids.push(id);
      out.push(first ? first.top - top - 2 : NaN, high);
      rows.set(id, el);
      if (sizes && !heights.has(el)) sizes.observe(el); // twice would report it anew
      heights.set(el, high);
    }
    out.push(...still(aside, top, open, ids, out));
    return [ids.join("\n"), new Uint8Array(new Float64Array(out).buffer), ids.length];
  }

  // still is the row that stays where it is, and where that is, when the column
  // shows some notes of many: the first one in sight. Notes come and go around it,
  // and nothing moves under who is reading. A note that was just opened, and any
  // when nothing of the column is in sight, goes to its claim instead.
  let opened, form, shape = "";
  function still(aside, top, open, ids, out) {
    const was = opened, before = shape, text = story();
    opened = open;
    shape = [aside.offsetWidth, text?.offsetWidth, text?.offsetHeight].join();
    if (was !== undefined && open + ids.includes("") !== form) move(aside);
    form = open + ids.includes("");
    const none = [-1, 0, 0, 0];
    if (!$(":scope > .part", aside) || ids.includes("")) return none;
    if (open && open !== was && ids.includes(open)) return none;
    const first = before === shape ? inSight(top) : undefined;
    const amid = !$(":scope > .part:not(.kept) > .note", aside)?.matches(".part:not(.part ~ .part) > :first-child");
    const stays = (i, y, mark) => [i, y, mark, Number(amid)];
    if (first) return stays(ids.indexOf(first.id), first.y, marks.get(first.id) ?? first.y - 2);
    if (ids.includes(open)) return none;
    const i = ids.findIndex((_, n) => out[1 + 2 * n] + top >= edge), y = out[1 + 2 * i];
    return i < 0 ? none : stays(i, y, y - 2);
  }

  // move lets the notes be seen to go where the reader's doing puts them.
  let moving;
  function move(aside) {
    aside.dataset.moves = "";
    clearTimeout(moving);
    moving = setTimeout(() => delete aside.dataset.moves, 400);
  }

  const edge = 60; // the masthead covers what is above

  // inSight is the first placed note that the window shows, and its y.
  function inSight(top) {
    for (const [id, el] of rows) {
      const y = ys.get(id);
      if (y + top + heights.get(el) > edge && y + top < innerHeight) return { id, y };
    }
  }

  // watchReading calls f when the reader's place may have changed, on a column that
  // shows some notes of many: with the first note in sight, the note with the focus,
  // the first words in sight as block and offset, and how many notes have room above
  // those that are drawn.
  let look = () => {};
  function watchReading(f) {
    let timer, last;
    const now = () => {
      timer = undefined;
      const aside = $("aside.notes"), text = story();
      if (!wide.matches || !text || !aside || !$(":scope > .part", aside)) return;
      const top = aside.getBoundingClientRect().top, first = inSight(top)?.id ?? "";
      const held = document.activeElement?.closest(".part > [data-annotation-id], .part > .pin");
      const focus = held?.dataset.annotationId ?? held?.getAttribute("href")?.slice(3) ?? "";
      const args = [first, focus, ...wordsAt(text), room(aside)], key = args.join();
      if (key === last) return;
      last = key;
      f(...args);
    };
    look = () => { timer ??= setTimeout(now, 120); };
    addEventListener("scroll", look, { passive: true });
    look();
    return () => { removeEventListener("scroll", look); clearTimeout(timer); look = () => {}; };
  }

  // wordsAt is the first block that is in sight, and how far into it that is, as
  // far as that can be told by its height alone.
  function wordsAt(text) {
    let n = 0;
    for (const el of text.querySelectorAll('[id^="b"]')) {
      n = Number(el.id.slice(1));
      const { top, bottom, height } = el.getBoundingClientRect();
      if (bottom > edge) return [n, Math.floor(el.textContent.length * Math.max(0, (edge - top) / height))];
    }
    return [n, 1e9];
  }

  // room is how many notes, as high as the highest of those drawn, fit between the
  // column's head and the first of them.
  function room(aside) {
    let head = 0, high = 0, first = Infinity;
    for (const el of aside.querySelectorAll(":scope > header, :scope > .bar")) head = Math.max(head, el.offsetTop + el.offsetHeight);
    for (const y of ys.values()) first = Math.min(first, y);
    for (const el of rows.values()) high = Math.max(high, heights.get(el));
    return high && first < Infinity ? Math.max(0, Math.floor((first - head) / (high + 28)) - 1) : 0;
  }

  // apply sets what Go placed: float64 each, for a row its y, its mark's y and
  // how far it was pushed (0: not), then once the column's height.
  function apply(ids, bytes) {
    const aside = $("aside.notes"), three = new Float64Array(bytes.buffer), pins = new Map();
    for (const pin of document.querySelectorAll(".pins > .pin, .pins > .part > .pin")) pins.set(pin.getAttribute("href"), pin);
    const px = (el, name, value) => {
      const before = el && placed.get(el);
      if (!el || before?.[name] === value) return; // each change costs a new style and layout
      placed.set(el, { ...before, [name]: value });
      el.style.setProperty(name, value + "px");
    };
    ys.clear();
    marks.clear();
    if (three.length > 1) ids.split("\n").forEach((id, i) => {
      const el = rows.get(id), [y, mark, pushed] = three.subarray(3 * i, 3 * i + 3);
      px(pins.get("#n-" + id), "--y", mark);
      px(el, "--y", y);
      ys.set(id, y);
      marks.set(id, mark);
      px(el, "--pushed", pushed);
      el?.toggleAttribute("data-pushed", pushed > 0);
    });
    for (const el of [aside, $(":scope > .more.last", aside)]) px(el, "--h", three.at(-1));
    aside.parentElement.dataset.placed = ""; // they can be seen now
    look();
  }

  // watchSizes calls f when the article or a measured note changes its size.
  function watchSizes(f) {
    const width = new WeakMap();
    for (const el of rows.values()) heights.delete(el); // measured before, not yet watched
    sizes = new ResizeObserver((entries) => {
      const changed = entries.filter(({ target: el }) => {
        if (heights.has(el)) return el.isConnected && Math.abs(heights.get(el) - el.offsetHeight) > 0.5;
        const size = el.offsetWidth + "x" + el.offsetHeight, before = width.get(el);
        width.set(el, size);
        return before !== undefined && before !== size;
      });
      if (changed.length) f();
    });
    for (const el of [story(), ...document.querySelectorAll("aside.notes > header, aside.notes > .bar")]) {
      if (el) sizes.observe(el);
    }
    return () => { sizes?.disconnect(); sizes = undefined; };
  }

  // hit returns the ids of the notes whose claim is under a point, shortest
  // claim first, joined by line breaks. CSS.highlights.highlightsFromPoint would know, but
  // counts in another pixel where the screen has more than one to a CSS pixel.
  function hit(x, y) {
    const block = document.elementFromPoint(x, y)?.closest('[id^="b"]'), found = new Map();
    for (const group of block ? known.values() : []) {
      for (const [id, r] of group) {
        scratch.setStart(r.startContainer, r.startOffset);
        scratch.setEnd(r.endContainer, r.endOffset);
        if (!id || found.has(id) || !scratch.intersectsNode(block)) continue;
        const under = [...scratch.getClientRects()].some((b) => x >= b.left && x <= b.right && y >= b.top && y <= b.bottom);
        if (under) found.set(id, String(scratch).length);
      }
    }
    return [...found].sort((a, b) => a[1] - b[1]).map(([id]) => id).join("\n");
  }

  // the selection

  // selection returns [block, offset, block, offset], cut to the article, or null.
  function selection() {
    if (pressed) return pressed;
    const s = getSelection(), root = story();
    if (!s.rangeCount || s.isCollapsed || !root) return null;
    const range = s.getRangeAt(0);
    const parts = [...root.querySelectorAll("[id^=b]")].filter((b) => /^b\d+$/.test(b.id) && range.intersectsNode(b)).map((b) => {
      const from = offsetIn(b, range.startContainer, range.startOffset), to = offsetIn(b, range.endContainer, range.endOffset);
      return { n: Number(b.id.slice(1)), from, to };
    }).filter((p) => p.from < p.to);
    if (!parts.length) return null;
    const last = parts.at(-1);
    return [parts[0].n, parts[0].from, last.n, last.to];
  }

  // offsetIn counts the block's text before a place; 0 before the block, its
  // length after it.
  function offsetIn(block, node, offset) {
    scratch.selectNodeContents(block);
    const side = scratch.comparePoint(node, offset);
    if (side < 0) return 0;
    if (side === 0) scratch.setEnd(node, offset);
    const gone = [...block.querySelectorAll("del")].filter((del) => scratch.intersectsNode(del));
    const removed = gone.reduce((sum, del) => sum + lengthIn(del), 0);
    return scratch.toString().length - removed;
  }

  // lengthIn is how much text of an element lies in the live range.
  function lengthIn(el) {
    const part = document.createRange();
    part.selectNodeContents(el);
    if (part.compareBoundaryPoints(Range.END_TO_END, scratch) > 0) part.setEnd(scratch.endContainer, scratch.endOffset);
    return part.toString().length;
  }

  // placeToolbar stands it above the selection, below where there is no room.
  const docked = matchMedia("(width < 48rem), (pointer: coarse)"); // as in marginalia.css
  function placeToolbar() {
    const bar = $(".toolbar[role=toolbar]"), s = getSelection();
    if (!bar || bar.hidden || !s.rangeCount) return;
    const range = s.getRangeAt(0);
    if (docked.matches) { // at the lower edge, where it must not cover what it is for
      const under = [...range.getClientRects()].at(-1)?.bottom + 8 - bar.getBoundingClientRect().top;
      if (under > 0) scrollBy(0, under);
      return;
    }
    const r = range.getClientRects()[0] ?? range.getBoundingClientRect(), box = bar.offsetParent;
    const at = range.startContainer, text = at.parentElement ?? document.documentElement;
    const rtl = getComputedStyle(text).direction === "rtl";
    const still = !box || getComputedStyle(box).position === "static";
    const base = still ? { left: -scrollX, top: -scrollY, right: document.documentElement.clientWidth - scrollX } : box.getBoundingClientRect();
    const room = document.documentElement.clientWidth - bar.offsetWidth - 8;
    const left = Math.max(8, Math.min(rtl ? r.right - bar.offsetWidth : r.left, room));
    const above = r.top - bar.offsetHeight - 8;
    const y = above >= 0 ? above : Math.min(r.bottom + 8, innerHeight - bar.offsetHeight - 8);
    const mirrored = document.dir === "rtl"; // --x counts from the page's start edge
    bar.style.setProperty("--x", (mirrored ? base.right - left - bar.offsetWidth : left - base.left) + "px");
    bar.style.setProperty("--y", y - base.top + "px");
  }

  // Pressing a tool must not clear the selection that it is for. Some phones clear it
  // all the same as soon as a finger is down: until the press is done it counts.
  let pressed = null, release;
  const inBar = (e) => e.target instanceof Element && e.target.closest(".toolbar");
  document.addEventListener("mousedown", (e) => {
    if (inBar(e)) e.preventDefault();
  });
  document.addEventListener("pointerdown", (e) => {
    pressed = inBar(e) ? selection() : null;
    clearTimeout(release);
  }, true);
  for (const end of ["click", "pointercancel"]) document.addEventListener(end, () => {
    if (!pressed) return;
    release = setTimeout(() => {
      pressed = null;
      document.dispatchEvent(new Event("selectionchange")); // for what it is by now
    }, 300);
  }, true);

  // what the reader sees, across the mount

  let saved;

  const elements = () => [...document.body.firstElementChild.getElementsByTagName("*")];

  function keep() {
    const s = getSelection(), focus = document.activeElement;
    const edge = [...(story()?.querySelectorAll("[id^=b]") ?? [])].find((b) => b.getBoundingClientRect().bottom > 0);
    saved = {
      x: scrollX, y: scrollY, edge: edge?.id, top: edge?.getBoundingClientRect().top,
      selection: selection(), backward: s.direction === "backward",
      // Both trees have the same elements in the same order.
      focus: elements().indexOf(focus), tag: focus?.tagName,
    };
  }

  function restore() {
    if (!saved) return;
    const was = saved, edge = was.edge && document.getElementById(was.edge);
    saved = undefined;
    const el = was.focus >= 0 && elements()[was.focus];
    if (el && el.tagName === was.tag && document.activeElement !== el) el.focus({ preventScroll: true });
    if (was.selection) {
      const r = finder()(...was.selection), s = getSelection();
      const [a, b, c, d] = r ? [r.startContainer, r.startOffset, r.endContainer, r.endOffset] : [];
      if (r) was.backward ? s.setBaseAndExtent(c, d, a, b) : s.setBaseAndExtent(a, b, c, d);
    }
    const y = edge ? scrollY + edge.getBoundingClientRect().top - was.top : was.y;
    scrollTo({ left: was.x, top: y, behavior: "instant" });
  }

  // where the reader reads, across another text of the article

  // words is a block's text without what is shown as removed.
  const words = (block) => texts(block).runs.map((run) => run.node.data).join("");
  const blocks = () => [...(story()?.querySelectorAll("[id^=b]") ?? [])].filter((b) => /^b\d+$/.test(b.id));
  let reading;

  // keepPlace remembers the blocks in sight by their words.
  function keepPlace() {
    const all = blocks().filter((b) => b.getBoundingClientRect().bottom > 64).slice(0, 12);
    reading = scrollY > 0 ? all.map((b) => ({ words: words(b), top: b.getBoundingClientRect().top })) : undefined;
  }

  // restorePlace scrolls so that the first of them that is still there stands
  // where it stood.
  function restorePlace() {
    const now = new Map();
    for (const b of reading ? blocks() : []) if (!now.has(words(b))) now.set(words(b), b);
    const same = reading?.find((was) => now.has(was.words));
    reading = undefined;
    if (same) scrollBy({ top: now.get(same.words).getBoundingClientRect().top - same.top, behavior: "instant" });
  }

  // what the form and the focus wait for: at most 120 frames, until it is drawn

  function drawn(attempt, frames = 120) {
    if (!attempt() && frames > 0) requestAnimationFrame(() => drawn(attempt, frames - 1));
  }

  const field = (name) => $(`form.composer [data-field="${CSS.escape(name)}"]`);
  let filling = 0;

  function fill(values) {
    const turn = ++filling, left = new Map(Object.entries(values));
    drawn(() => {
      if (turn !== filling) return true; // another draft was opened
      for (const [name, value] of left) {
        const el = field(name);
        if (!el) continue;
        if (el.value !== value) el.value = value;
        left.delete(name);
      }
      return left.size === 0;
    });
  }

  let focusing = 0;

  function focus(selector, still) {
    const turn = ++focusing;
    drawn(() => {
      if (turn !== focusing) return true; // it goes elsewhere by now
      const el = $(selector);
      if (!el || el.disabled) return false;
      if (el.tabIndex < 0 && !el.hasAttribute("tabindex")) el.tabIndex = -1;
      const form = el.closest("form.composer"), first = el.dataset.field === "text";
      if (form && first && !wide.matches) form.closest(".sheet")?.scrollTo(0, 0);
      // The browser would scroll to where a note stood before it was placed.
      el.focus({ preventScroll: still || wide.matches });
      if (wide.matches && !still) reveal(form && first ? form : el);
      return document.activeElement === el;
    });
  }

  // reveal scrolls an element into the window, its upper edge first. A note may still be
  // on its way: what counts is where it goes.
  function reveal(el) {
    const note = el.closest("aside.notes > .note, aside.notes > .part > .note"), y = ys.get(note?.dataset.annotationId);
    const way = y === undefined ? 0 : y - (note.getBoundingClientRect().top - note.closest("aside").getBoundingClientRect().top);
    const box = el.getBoundingClientRect(), top = box.top + way, bottom = box.bottom + way, head = 72, foot = innerHeight - 8;
    if (top < head - 16) scrollBy(0, top - head);
    else if (bottom > foot) scrollBy(0, Math.min(top - head, bottom - foot));
  }

  // On paper are no fields and buttons: what has the focus while the page is printed gets it back.
  let held;
  addEventListener("beforeprint", () => { held = document.activeElement; });
  addEventListener("afterprint", () => requestAnimationFrame(() => {
    if (document.activeElement === document.body && held?.isConnected) held.focus({ preventScroll: true });
  }));

  // the search

  let before; // what had the focus

  function keepFocus() {
    const el = document.activeElement;
    if (el && !el.matches("[data-find]")) before = el;
  }

  function focusBack() {
    const el = before?.isConnected && before !== document.body ? before : $("[data-finder]") ?? story();
    before = undefined;
    el?.focus({ preventScroll: true });
  }

  function fillFind(words) {
    drawn(() => {
      const el = $("[data-find]");
      if (el && el.value !== words) el.value = words;
      if (el && words) el.select();
      return Boolean(el);
    });
  }

  // placeHeat tells each stretch of the strip where its blocks are, in parts of the
  // article's height.
  function placeHeat() {
    const text = story(), links = document.querySelectorAll(".heat a");
    if (!text || !links.length) return;
    const { top, height } = text.getBoundingClientRect();
    const spots = [...links].map((a) => {
      const [first, last] = [a.dataset.from, a.dataset.last].map((n) => document.getElementById("b" + n)?.getBoundingClientRect());
      return first && last && height ? [(first.top - top) / height, (last.bottom - first.top) / height].map((n) => n.toFixed(4)) : [0, 0];
    });
    links.forEach((a, i) => {
      if (placed.get(a) === spots[i].join()) return;
      placed.set(a, spots[i].join());
      a.style.setProperty("--from", spots[i][0]);
      a.style.setProperty("--part", spots[i][1]);
    });
  }

  // what has the focus, in case that it goes

  let last, around = [], note;

  document.addEventListener("focusin", ({ target }) => {
    last = target;
    note = target.closest("[data-annotation-id]")?.dataset.annotationId;
    around = [];
    for (let el = target; el; el = el.parentElement) if (el.matches("[data-annotation-id], form, section, #main")) around.push(el);
  });
  // What the reader leaves of their own accord is still there.
  document.addEventListener("focusout", () => setTimeout(() => {
    if (document.activeElement === document.body && last?.getClientRects().length) last = undefined;
  }));

  function saveFocus() {
    if (!last || document.activeElement !== document.body || last.getClientRects().length) return;
    const el = (note && $(`[data-annotation-id="${CSS.escape(note)}"]`)) || around.find((e) => e.getClientRects().length) || $("#main");
    last = undefined;
    if (!el) return;
    if (el.tabIndex < 0) el.tabIndex = -1;
    el.focus({ preventScroll: true });
  }

  function showDialog(id) {
    const el = document.getElementById(id);
    if (!el?.open) el?.showModal?.();
  }

  function showLine(id, on, quote) {
    const line = document.getElementById(id), place = line && $("q", line);
    if (place) place.textContent = quote;
    if (line) line.hidden = !on;
  }

  const popovers = window.CSS?.supports("selector(:popover-open)");
  const popped = () => Boolean($("dialog[open]") || popovers && $(":popover-open"));

  // the reader's place, for the next visit

  let came; // where goTo went: that is no news

  const untouched = () => {
    const how = performance.getEntriesByType("navigation")[0]?.type ?? "navigate";
    return how === "navigate" && scrollY === 0 && performance.now() < (navigator.serviceWorker?.controller ? 8e3 : 2e3);
  };

  function watchPlace(f) {
    let timer;
    const tell = () => {
      if (!timer) return;
      timer = clearTimeout(timer);
      const text = story();
      if (!text || Math.abs(scrollY - came) < 48) return;
      f(...(scrollY < 200 || text.getBoundingClientRect().bottom < innerHeight ? [-1, 0] : wordsAt(text)));
    };
    const later = () => { clearTimeout(timer); timer = setTimeout(tell, 400); };
    const ends = [[window, "pagehide"], [document, "visibilitychange"]];
    addEventListener("scroll", later, { passive: true });
    for (const [target, name] of ends) target.addEventListener(name, tell);
    return () => {
      clearTimeout(timer);
      removeEventListener("scroll", later);
      for (const [target, name] of ends) target.removeEventListener(name, tell);
    };
  }

  function goTo(b, o) {
    const range = finder()(b, o, b, o), box = range && (start(range) ?? rects(range)[0]);
    if (!box) return;
    scrollBy({ top: box.top - edge, behavior: "instant" });
    came = scrollY;
  }

  function selectWords(name, from, to) {
    const el = field(name);
    el?.focus();
    el?.setSelectionRange?.(from, to);
  }

  function showText(b0, o0, b1, o1) {
    const range = finder()(b0, o0, b1, o1), all = range && [...rects(range)];
    if (!all?.length) return;
    const [{ top }, { bottom }] = [all[0], all.at(-1)];
    const head = $(".finder .bar")?.getBoundingClientRect().bottom ?? 0; // it lies over the text
    if (wide.matches) {
      if (top < Math.max(edge, head) || bottom > innerHeight * 0.8) scrollBy(0, top - Math.max(90, head + 30));
      return;
    }
    // What lies over the text at the lower edge; where it will stand once it has risen.
    const sheet = $(".notes.sheet, .picker:not([hidden])"), free = innerHeight - (sheet?.offsetHeight ?? innerHeight / 2);
    if (top < head + 8 || bottom > free - 8) scrollBy(0, top - head - Math.max(8, Math.min(60, (free - head - bottom + top) / 2)));
  }

  function showNote(id) {
    drawn(() => {
      const el = $(`[data-annotation-id="${CSS.escape(id)}"]`);
      el?.scrollIntoView({ block: "nearest" });
      return Boolean(el);
    });
  }

  // what lies over the text of a narrow screen

  let back = null, watcher;

  // over has the device's way back, while something does, call what onBack was given.
  function over(on) {
    const wanted = on && !wide.matches;
    if (!wanted) {
      watcher?.destroy();
      watcher = undefined;
    } else if (!watcher && window.CloseWatcher) {
      watcher = new CloseWatcher();
      watcher.onclose = () => {
        watcher = undefined;
        back?.();
      };
    }
  }

  // fit keeps what stands at the lower edge above a keyboard that the page is not told of
  // otherwise, and the field that is written in in sight. A page that is zoomed has no keyboard.
  const seen = window.visualViewport;
  function fit() {
    const low = seen.scale > 1.01 ? 0 : Math.max(0, Math.round(innerHeight - seen.height - seen.offsetTop));
    document.documentElement.style.setProperty("--keys", low + "px");
    const el = document.activeElement;
    if (!wide.matches && el?.matches(".composer [data-field]")) el.scrollIntoView({ block: "nearest" });
  }
  seen?.addEventListener("resize", fit);

  // whenIdle calls f after the next frame, as soon as nothing more urgent waits.
  function whenIdle(f) {
    requestAnimationFrame(() => {
      if (window.requestIdleCallback) requestIdleCallback(f, { timeout: 100 });
      else setTimeout(f);
    });
  }

  function download(name, type, bytes) {
    const a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([bytes], { type }));
    a.download = name;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 60e3);
  }

  return {
    paint, measure, apply, watchSizes, watchReading, hit, selection, placeToolbar, keep, restore, keepPlace, restorePlace,
    fill, focus, keepFocus, focusBack, fillFind, placeHeat, selectWords, showText, showNote, saveFocus, showDialog, showLine, popped, untouched,
    watchPlace, goTo, whenIdle, onBack: (f) => { back = f; }, over, download,
  };
})();
