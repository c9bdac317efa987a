//go:build !js

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// long imports an article of 14,000 words and returns its slug.
func (h *house) long() string {
	h.t.Helper()
	text, err := os.ReadFile("../../testdata/articles/" + river + ".md")
	if err != nil {
		h.t.Fatal(err)
	}
	blocks := strings.Split(strings.TrimSpace(string(text)), "\n\n")[1:]
	all := []string{"# A long river"}
	for i, words := 0, 0; words < 14_000; i++ {
		block := blocks[i%len(blocks)]
		if strings.ContainsAny(block[:1], "#->") {
			continue
		}
		words += len(strings.Fields(block))
		all = append(all, fmt.Sprintf("Part %d. %s", i, block))
	}
	path := filepath.Join(h.t.TempDir(), "a-long-river.md")
	if err := os.WriteFile(path, []byte(strings.Join(all, "\n\n")), 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.stop()
	h.run("import", path)
	h.start()
	return "a-long-river"
}

// watchCrowd notes when the claims of all notes are painted (all), and when a frame
// has shown that with the notes beside it (shown).
const watchCrowd = `const dom = () => {
	const d = window.marginaliaDOM;
	if (!d) return setTimeout(dom);
	const { paint } = d;
	d.paint = (names, priorities, ids, bytes) => {
		if (ids.length > 36 * 4000) { window.all ??= performance.now(); requestAnimationFrame(() => setTimeout(() => { window.shown ??= performance.now() })) }
		return paint(names, priorities, ids, bytes);
	};
};
window.busy = [];
new PerformanceObserver((l) => { for (const { startTime, duration } of l.getEntries()) busy.push([startTime, duration]) }).observe({ type: "longtask", buffered: true });
dom()`

// crowdShown is how many milliseconds lie between the last answer of the server and the
// frame that shows it, and how long the page was stopped in that time.
const crowdShown = `(() => {
	const came = Math.max(...performance.getEntriesByType("resource").filter((e) => e.name.includes("/notes?") && e.responseEnd < all).map((e) => e.responseEnd));
	return [shown - came, busy.filter(([at]) => at > came - 50 && at < shown).reduce((sum, [, long]) => sum + long, 0)];
})()`

// scrolled scrolls for eight seconds, a note in three frames, and returns how long the
// longest frame took, and the share of frames that came late, in percent.
const scrolled = `(async () => {
	const gaps = [], frame = () => new Promise(requestAnimationFrame);
	scrollTo({ top: 0, behavior: "instant" });
	let last = await frame();
	for (const end = last + 8000; last < end;) {
		const now = await frame();
		gaps.push(now - last);
		last = now;
		scrollBy({ top: 60, behavior: "instant" });
	}
	return [Math.max(...gaps), 100 * gaps.filter((g) => g > 25).length / gaps.length];
})()`

// BenchmarkCrowd opens an article of 14,000 words with 5,000 notes for the first time,
// and scrolls through it.
func BenchmarkCrowd(b *testing.B) {
	h := openHouse(b)
	slug := h.long()
	h.crowd(slug, 5000, 0)
	var shown, stopped, longest, late float64
	for b.Loop() {
		r := openReader(b, h)
		r.do(chromedp.Navigate(h.url("/a/" + slug)))
		r.run(watchCrowd)
		r.ready()
		r.wait("all notes shown", `window.shown`)
		first := value[[]float64](r, crowdShown)
		r.wait("the window to be full", `document.querySelectorAll("aside.notes [data-annotation-id]").length >= 150`)
		then := value[[]float64](r, scrolled)
		shown, stopped, longest, late = shown+first[0], stopped+first[1], longest+then[0], late+then[1]
	}
	n := float64(b.N)
	b.ReportMetric(shown/n, "ms-to-shown")
	b.ReportMetric(stopped/n, "ms-stopped")
	b.ReportMetric(longest/n, "ms-longest-frame")
	b.ReportMetric(late/n, "%late-frames")
}
