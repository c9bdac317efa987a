//go:build !js

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A reader is one Chromium with a profile of its own. Whatever it does, at the
// end no console error and no request to another origin may have been seen.
type reader struct {
	t       testing.TB
	house   *house
	profile string
	ctx     context.Context
	cancel  context.CancelFunc

	mu     sync.Mutex
	faults []string
	quiet  bool   // errors of a network that was taken away on purpose
	absent string // the path of a page that is opened although it is not there
}

// openReader starts a Chromium that speaks English.
func openReader(t testing.TB, h *house, opts ...chromedp.ExecAllocatorOption) *reader {
	t.Helper()
	r := &reader{t: t, house: h, profile: t.TempDir()}
	r.launch(opts...)
	t.Cleanup(r.settleUp)
	return r
}

// settleUp closes what the reader opened and reports what must not be there.
func (r *reader) settleUp() {
	r.cancel()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.faults {
		r.t.Errorf("in the browser: %s", f)
	}
}

func (r *reader) launch(opts ...chromedp.ExecAllocatorOption) {
	r.t.Helper()
	all := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(r.profile),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("accept-lang", "en"),
		chromedp.Flag("lang", "en"),
		chromedp.WindowSize(1280, 900),
	)
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), append(all, opts...)...)
	ctx, stop := chromedp.NewContext(alloc)
	ctx, stopTime := context.WithTimeout(ctx, 5*time.Minute)
	r.ctx = ctx
	r.cancel = func() { stopTime(); stop(); stopAlloc() }
	r.watch()
}

// watch collects what the page does from here on.
func (r *reader) watch() {
	r.t.Helper()
	if err := chromedp.Listen(r.ctx, r.hear); err != nil {
		r.t.Fatal(err)
	}
	call(r, network.Enable, network.EnableParams{})
	call(r, cdplog.Enable, cdp.Empty{})
	call(r, runtime.Enable, cdp.Empty{})
}

// call runs one command of the DevTools protocol.
func call[P, R any](r *reader, cmd cdp.Command[P, R], params P) R {
	r.t.Helper()
	res, err := chromedp.Call(r.ctx, cmd, params)
	if err != nil {
		r.t.Fatal(err)
	}
	return res
}

// hear collects what must not be there.
func (r *reader) hear(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		r.fault("exception: " + ev.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeAssert {
			r.fault(fmt.Sprintf("console: %s", ev.Args[0].Value))
		}
	case *cdplog.EventEntryAdded:
		if ev.Entry.Level == cdplog.EntryLevelError && !r.network(ev.Entry) {
			r.fault("log: " + ev.Entry.Text + " " + ev.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(ev.Request.URL)
		if err == nil && strings.HasPrefix(u.Scheme, "http") && u.Host != r.house.addr {
			r.fault("request to " + ev.Request.URL)
		}
	}
}

// network reports whether an entry says only that the network or a page is away, or that
// a live stream met a server that was stopped, which the browser writes by itself and no
// page can prevent.
func (r *reader) network(e *cdplog.Entry) bool {
	if strings.Contains(e.URL, "/events?") {
		return true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.absent != "" && strings.HasSuffix(e.URL, r.absent) && strings.Contains(e.Text, "404") {
		return true
	}
	return r.quiet && strings.Contains(e.Text, "net::ERR_")
}

func (r *reader) fault(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.faults = append(r.faults, s)
}

// offline takes the server away; online brings it back.
func (r *reader) offline() {
	r.silence()
	r.house.stop()
	r.run(`window.dispatchEvent(new Event("offline"))`)
}

// silence takes the errors of a network that is away for what they are.
func (r *reader) silence() {
	r.mu.Lock()
	r.quiet = true
	r.mu.Unlock()
}

func (r *reader) online() {
	r.house.start()
	r.run(`window.dispatchEvent(new Event("online"))`)
}

// kill ends the browser as a crash or a power cut does, and starts it again on
// the same profile.
func (r *reader) kill() {
	r.t.Helper()
	p := chromedp.FromContext(r.ctx).Browser.Process()
	if err := p.Signal(syscall.SIGKILL); err != nil {
		r.t.Fatal(err)
	}
	p.Wait()
	r.cancel()
	r.launch()
}

func (r *reader) do(actions ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	if err := chromedp.Do(r.ctx, actions...); err != nil {
		r.t.Fatalf("%v%s", err, r.shot())
	}
}

// shot says what is on the page, for a failed test.
func (r *reader) shot() string {
	ctx, cancel := context.WithTimeout(r.ctx, 3*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.documentElement.outerHTML.slice(0, 200) + "\n" + document.body.innerText.slice(0, 3000)`))
	if err != nil {
		return ""
	}
	return "\npage: " + text
}

// run evaluates statements; a promise is awaited.
func (r *reader) run(script string) {
	r.t.Helper()
	value[bool](r, "(async () => {"+script+"; return true })()")
}

// value evaluates an expression; a promise is awaited.
func value[T any](r *reader, expr string) T {
	r.t.Helper()
	v, err := chromedp.Run(r.ctx, chromedp.Evaluate[T](expr, chromedp.EvalAwaitPromise))
	if err != nil {
		r.t.Fatalf("%v%s", err, r.shot())
	}
	return v
}

// wait waits until an expression is true.
func (r *reader) wait(what, expr string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, 60*time.Second)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		// An error is a page that is being replaced: ask the next one.
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expr+")"))
		if err == nil && ok {
			return
		}
		select {
		case <-ctx.Done():
			r.t.Fatalf("waited for %s: %v%s", what, err, r.shot())
		case <-tick.C:
		}
	}
}

// open opens a page and waits until the app is up. The reader moves the pointer
// as readers do, which is what starts the program on a first visit.
func (r *reader) open(path string) {
	r.t.Helper()
	r.do(chromedp.Navigate(r.house.url(path)))
	r.ready()
}

func (r *reader) ready() {
	r.t.Helper()
	r.do(chromedp.MouseEvent("mouseMoved", 200, 300), chromedp.MouseEvent("mouseMoved", 210, 310))
	r.wait("the app", `document.documentElement.dataset.app === "ready"`)
}

// settled waits until the service worker is in control: from then on the page
// opens without a network.
func (r *reader) settled() {
	r.t.Helper()
	r.wait("the service worker", `!!navigator.serviceWorker.controller`)
	r.run(`await navigator.serviceWorker.ready`)
}

// selectWords marks words of the article, as a drag or a long press does.
func (r *reader) selectWords(words string) {
	r.t.Helper()
	ok := value[bool](r, fmt.Sprintf(`(() => {
		const want = %s;
		for (const block of document.querySelectorAll('main article[data-revision] [id^="b"]')) {
			const node = block.firstChild, at = node && node.data ? node.data.indexOf(want) : -1;
			if (at < 0) continue;
			getSelection().setBaseAndExtent(node, at, node, at + want.length);
			return true;
		}
		return false;
	})()`, quote(words)))
	if !ok {
		r.t.Fatalf("the article does not hold %q", words)
	}
}

// annotate opens the composer on words of the article.
func (r *reader) annotate(words string) {
	r.t.Helper()
	r.selectWords(words)
	r.wait("the toolbar", visible(`[role=toolbar][aria-label=Selection]`))
	r.click(`[role=toolbar][aria-label=Selection] button`, "Annotate")
	r.wait("the composer", visible(`form[aria-label="New note"]`))
}

// click presses the element with that name among those that match.
func (r *reader) click(css, name string) {
	r.t.Helper()
	r.wait(name, fmt.Sprintf(`[...document.querySelectorAll(%s)].some(e => %s && !e.disabled && e.getClientRects().length)`, quote(css), named(name)))
	r.run(fmt.Sprintf(`[...document.querySelectorAll(%s)].find(e => %s && !e.disabled && e.getClientRects().length).click()`, quote(css), named(name)))
}

// fill types into a field of the composer, found by its label.
func (r *reader) fill(label, text string) {
	r.t.Helper()
	r.run(fmt.Sprintf(`[...document.querySelectorAll("form.composer label")].find(l => l.textContent.trim() === %s).control.focus()`, quote(label)))
	r.do(chromedp.KeyEvent(text))
}

// write fills the composer with a note and one source.
func (r *reader) write(text, source string) {
	r.t.Helper()
	r.fill("Note", text)
	if source != "" {
		r.fill("Source URL", source)
	}
}

// decision waits for what the rules say.
func (r *reader) decision(want string) {
	r.t.Helper()
	r.wait("decision "+want, fmt.Sprintf(`document.querySelector("form.composer")?.dataset.decision === %s`, quote(want)))
}

// post presses Post and waits until the form is gone; it returns the note's id.
func (r *reader) post() string {
	r.t.Helper()
	r.click("form.composer button", "Post")
	r.wait("the form to close", `!document.querySelector("form.composer")`)
	return value[string](r, `document.querySelector(".note[aria-current=true]")?.dataset.annotationId ?? ""`)
}

// pending waits until so many changes are not yet acknowledged.
func (r *reader) pending(n int) {
	r.t.Helper()
	r.wait(fmt.Sprintf("%d pending", n), fmt.Sprintf(`document.querySelector('[role=status][aria-label=Sync]').dataset.pending === "%d"`, n))
}

// state waits until a note is in a state.
func (r *reader) state(id, state string) {
	r.t.Helper()
	r.wait("note "+state, fmt.Sprintf(`document.querySelector('[data-annotation-id=%s]')?.dataset.state === %s`, quote(id), quote(state)))
}

// keys presses keys as a keyboard does: the letter comes with its key, and not at all
// where the page takes the key. chromedp.KeyEvent sends it by itself, and it ends in
// whatever field has got the focus by then.
func (r *reader) keys(keys ...string) {
	r.t.Helper()
	for _, k := range strings.Join(keys, "") {
		events := kb.Encode(k)
		down, up := *events[0], *events[len(events)-1]
		if len(events) == 3 {
			down.Type, down.Text, down.UnmodifiedText = input.DispatchKeyEventTypeKeyDown, events[1].Text, events[1].UnmodifiedText
		}
		call(r, input.DispatchKeyEvent, down)
		call(r, input.DispatchKeyEvent, up)
	}
}

// visible is an expression: some element matches and is drawn.
func visible(css string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%s)].some(e => e.getClientRects().length > 0)`, quote(css))
}

// named is an expression about e: its accessible name, as far as buttons need it.
func named(name string) string {
	return fmt.Sprintf(`(e.ariaLabel ?? [...e.childNodes].filter(n => !(n.tagName === "KBD")).map(n => n.textContent).join("").trim()) === %s`, quote(name))
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

const (
	tab    = kb.Tab
	enter  = kb.Enter
	escape = kb.Escape
	down   = kb.ArrowDown
)
