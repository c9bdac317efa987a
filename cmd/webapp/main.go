//go:build js && wasm

package main

import (
	"context"
	"encoding/json"
	"sync/atomic"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/annotation"
	"marginalia/app/browser"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
	"marginalia/app/ui"
)

func main() {
	boot := bootOf(browser.Path(), browser.BootJSON())
	p := newProgram(boot)
	p.msg = wordsOf(browser.WordsJSON())
	p.state.Msg = p.msg
	app.RouteWithRegexpFunc(".*", func() app.Composer { return &screen{program: p} })
	app.Handle(ui.ActionName, func(_ app.Context, a app.Action) {
		if a, ok := a.Value.(state.Action); ok {
			p.send(a)
		}
	})
	p.restore = browser.KeepScroll()
	browser.SetScripted()
	app.RunWhenOnBrowser()
}

// wordsOf reads the catalogue that the page was drawn with. English is in the
// program.
func wordsOf(data []byte) *message.Catalogue {
	if data == nil {
		return message.English()
	}
	msg, err := message.Parse(data)
	if err != nil {
		return message.English()
	}
	return msg
}

// bootOf reads what the server drew the page from. The shell that stands in for
// a page offline has nothing: the address says what to look for on the device.
func bootOf(path string, data []byte) state.Boot {
	var b state.Boot
	if err := json.Unmarshal(data, &b); err != nil || b.Route.Page == "" {
		return state.Boot{Route: state.ParsePath(path)}
	}
	return b
}

// screen is what go-app mounts: the page of the state at start. From then on
// ui.Root follows the state by itself.
type screen struct {
	app.Compo

	program *program
}

// OnMount starts the program's loop; the context lives as long as the page.
func (s *screen) OnMount(ctx app.Context) { s.program.start(ctx) }

func (s *screen) Render() app.UI { return ui.Page(s.program.msg, s.program.state) }

// program joins the state to the screen, the device and the network.
type program struct {
	boot    state.Boot
	msg     *message.Catalogue
	state   state.State
	ctx     app.Context
	actions chan state.Action
	restore func()      // scroll, selection and focus, after the mount
	off     atomic.Bool // single keys do nothing
	printed atomic.Bool // what is to be printed is drawn
	badged  int         // at the app's icon; -1 at the start, when it may show an old number
	unguard func()      // lets the page be left without a question; nil when it can be

	keeper  *keeper
	windows *windows
	syncer  *syncer
	view    view
}

func newProgram(b state.Boot) *program {
	return &program{boot: b, state: state.FromBoot(b), actions: make(chan state.Action, 1024), badged: -1}
}

// send hands an action to the loop.
func (p *program) send(a state.Action) { p.actions <- a }

// start runs once, when the first drawing stands in the page.
func (p *program) start(ctx app.Context) {
	p.ctx = ctx
	browser.StopLinkTakeover()
	p.restore()
	p.view.first(p.state)
	go p.run()
}

// run opens the device's store, tells the state what it holds, and then turns
// actions into states for as long as the page lives.
func (p *program) run() {
	ctx := context.Background()
	var store replica.Store
	blocked := false
	if s, err := browser.OpenStore(ctx); err == nil {
		store = s
	} else {
		store, blocked = replica.NewMemoryStore(), true
	}
	device := replica.Open(store, browser.Now, newID)
	p.windows = newWindows(blocked, p.send)
	p.keeper = newKeeper(device, p.boot.Route, p.windows, p.send)
	p.windows.news = func() { p.keeper.reload() }
	p.windows.wiped = func() { p.keeper.wiped(ctx) }
	p.windows.open()
	p.syncer = newSyncer(device, browser.Transport{}, p.boot, p.renew, p.send)
	p.keeper.seed(ctx, p.boot)
	p.syncer.prepare(ctx)
	p.step(state.Mounted{
		Loaded: p.keeper.loaded(ctx), Blocked: blocked, Hash: browser.Hash(), Directive: browser.Directive(),
		Query: browser.Query(), Origin: browser.Origin(), CanShare: browser.CanShare(),
		Place: p.keeper.place(ctx),
	})
	p.listen()
	go p.keeper.run(ctx)
	go p.keeper.read(ctx)
	go p.keeper.fetchModels(ctx)
	go p.fetchFinder(ctx, claimsPath(browser.AssetsJSON()))
	go p.syncer.run(ctx)
	go p.syncer.live.run(ctx)
	p.ctx.Defer(func(app.Context) { browser.SetReady() })
	for a := range p.actions {
		p.steps(a)
	}
}

// steps takes an action, and those that wait behind it: what they overtake is left
// out.
func (p *program) steps(a state.Action) {
	for {
		select {
		case next := <-p.actions:
			if !state.Overtaken(a, next) {
				p.step(a)
			}
			a = next
		default:
			p.step(a)
			return
		}
	}
}

// renew has this window and all others told what the device holds.
func (p *program) renew() {
	p.keeper.reload()
	p.windows.changed()
}

// step takes one action to the next state, draws it and runs its effects.
func (p *program) step(a state.Action) {
	next, effects := state.Update(p.state, a, state.Input{Now: browser.Now(), ID: newID()})
	if _, looked := a.(state.Looked); looked && next.Window == p.state.Window && next.Drawn() == p.state.Drawn() {
		p.state = next
		return // nothing to draw: scrolling asks often
	}
	if _, scrolled := a.(state.ReadTo); scrolled {
		for _, e := range effects {
			p.device(e)
		}
		return
	}
	restore, anew := func() {}, redrawn(p.state, next)
	if anew {
		restore = browser.KeepPlace()
	}
	p.state = next
	p.guard(next.AtRisk())
	p.badge(next.Sync.Pending)
	p.off.Store(next.Prefs.NoKeys)
	p.ctx.SetState(ui.StateName, next)
	for _, e := range effects {
		p.device(e)
	}
	p.ctx.Defer(func(app.Context) {
		if restore(); anew {
			p.view.forget()
		}
		p.view.after(next, effects, p.send)
		p.printed.Store(next.Paper)
	})
}

// guard has the browser ask before the page is left, while leaving it loses words.
func (p *program) guard(on bool) {
	switch {
	case on && p.unguard == nil:
		p.unguard = browser.GuardLeaving()
	case !on && p.unguard != nil:
		p.unguard()
		p.unguard = nil
	}
}

// badge shows at the app's icon how many notes are not sent yet.
func (p *program) badge(n int) {
	if p.badged != n {
		p.badged = n
		go func() { _ = browser.SetBadge(context.Background(), n) }() // an icon without a number is no fault
	}
}

// redrawn reports whether the article's text is drawn in another way than before.
func redrawn(was, now state.State) bool {
	if was.Article == nil || now.Article == nil {
		return false
	}
	return was.Article.Revision.ID != now.Article.Revision.ID || (was.Changes.Blocks == nil) != (now.Changes.Blocks == nil)
}

// device runs an effect that needs storage or the network.
func (p *program) device(e state.Effect) {
	ctx := context.Background()
	switch e := e.(type) {
	case state.RunSync:
		p.syncer.kick()
	case state.CheckRoom:
		go p.keeper.room(ctx, false)
	case state.AskPersist:
		go p.keeper.room(ctx, true)
	case state.FetchRevision:
		go p.syncer.revision(ctx, e.Slug, e.ID)
	case state.TakeUpdate, state.Go:
		p.keeper.do(ctx, e) // after what waits to be saved
	case state.HoldDraft, state.SaveDraft, state.EraseDraft, state.Enqueue, state.EnqueueAppeal, state.EnqueueDelete,
		state.EnqueueName, state.KeepPrefs, state.KeepPlace, state.SaveFile, state.EnqueueTheirs, state.SaveUnsent, state.ReadFile,
		state.EvictOld, state.EraseDevice:
		p.keeper.do(ctx, e)
	}
}

// listen passes on what happens in the browser.
func (p *program) listen() {
	browser.OnSelection(func(from, to textpos.Point, ok bool) {
		if !ok {
			from, to = textpos.Point{}, textpos.Point{}
		}
		p.send(state.Selected{From: from, To: to})
	})
	browser.OnStoryClick(func(_, _ float64, ids []string) {
		if len(ids) > 0 {
			p.send(state.OpenNote{ID: ids[0]})
		}
	})
	reading(p.send)
	browser.OnBack(func() { p.send(state.Back{}) })
	browser.OnPlace(func(at textpos.Point) { p.send(state.ReadTo{At: at}) })
	browser.OnChoice(func(name, value string) { p.send(state.Prefer{Name: name, Value: value}) })
	browser.OnInstallable(func(can bool) { p.send(state.CanInstall{Can: can}) })
	browser.OnKey(p.key)
	browser.OnPrint(p.print)
	browser.OnHash(func(hash string) { p.send(state.HashChanged{Hash: hash}) })
	browser.OnUpdate(func() { p.send(state.UpdateReady{}) })
	browser.OnLayout(func() { p.ctx.Defer(func(app.Context) { browser.PlaceHeat(); p.view.place() }) })
	browser.OnOnline(func(online bool) {
		if online {
			p.syncer.kick()
		} else {
			p.syncer.lost()
		}
	})
	browser.OnVisible(func(visible bool) {
		p.syncer.live.turn()
		if visible {
			p.windows.inSight()
			p.syncer.kick()
		} else {
			p.keeper.write(context.Background())
		}
	})
	browser.OnLeave(func() {
		p.keeper.write(context.Background())
		p.windows.leave()
		p.syncer.live.leave()
	})
	browser.OnReturn(func() {
		p.windows.open()
		p.syncer.live.back()
		p.keeper.reload()
		p.send(state.Returned{})
	})
}

// key is the page's keyboard. It runs on the browser's event loop, so it looks at
// nothing else that changes.
func (p *program) key(key string, inField bool, note string) bool {
	a, done := state.KeyAction(p.boot.Route.Page, p.off.Load(), state.Pressed{Key: key, InField: inField, Note: note})
	if _, help := a.(state.ShowKeys); help {
		browser.ShowDialog("keys")
	} else if a != nil {
		p.send(a)
	}
	return done
}

func newID() string { return annotation.NewID(browser.Now(), browser.Random()) }
