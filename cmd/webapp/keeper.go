//go:build js && wasm

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/browser"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// draftDelay is how long keystrokes are gathered before they are stored: what a
// crash can cost.
const draftDelay = 120 * time.Millisecond

// retryDelay is how long a draft that could not be stored waits for another try.
const retryDelay = 3 * time.Second

// keeper runs the effects that change what the device holds, one after the
// other, and tells the state what it then holds.
//
// It writes and reads on two goroutines: reading for the screen takes a while on
// a busy page, and what is typed must not wait for it. Nothing else reads for the
// screen, so what it tells is never older than what it told before.
type keeper struct {
	device  *replica.Replica
	route   state.Route // of the page
	windows *windows
	send    func(state.Action)
	effects chan state.Effect
	reloads chan struct{}

	drafts *drafts

	mu   sync.Mutex
	then []state.Action // to be sent after the next reading

	raw    []byte // of policy
	policy *moderation.Policy
	models chan model
	wanted chan *moderation.Policy // whose models are to be fetched
}

func newKeeper(device *replica.Replica, route state.Route, w *windows, send func(state.Action)) *keeper {
	return &keeper{
		device: device, route: route, windows: w, send: send,
		effects: make(chan state.Effect, 1024), reloads: make(chan struct{}, 1),
		models: make(chan model), wanted: make(chan *moderation.Policy, 1),
		drafts: newDrafts(),
	}
}

// do takes an effect; it does not wait for it.
func (k *keeper) do(ctx context.Context, e state.Effect) {
	switch e := e.(type) {
	case state.SaveDraft:
		k.typed(ctx, e.Draft)
		return
	case state.HoldDraft:
		go k.hold(ctx, e)
		return
	case state.EraseDraft:
		k.drafts.leave(e.ID, true)
	case state.Enqueue:
		k.drafts.leave(e.Draft.ID, false)
	case state.EnqueueAppeal:
		k.drafts.leave(e.Draft.ID, false)
	}
	k.effects <- e
}

// reload has the screen told what the device holds, and then the actions;
// several calls may be one.
func (k *keeper) reload(then ...state.Action) {
	k.mu.Lock()
	k.then = append(k.then, then...)
	k.mu.Unlock()
	ask(k.reloads)
}

// ask leaves a message in a channel with room for one, if none is there.
func ask(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// read tells the state what the device holds, each time that is asked for.
func (k *keeper) read(ctx context.Context) {
	for {
		select {
		case <-k.reloads:
			k.mu.Lock()
			then := k.then
			k.then = nil
			k.mu.Unlock()
			k.send(k.loaded(ctx))
			for _, a := range then {
				k.send(a)
			}
		case m := <-k.models:
			k.learn(m)
		}
	}
}

func (k *keeper) run(ctx context.Context) {
	tidy := time.NewTimer(tidyDelay)
	k.opened(ctx)
	for {
		select {
		case e := <-k.effects:
			k.handle(ctx, e)
		case id := <-k.windows.wanted:
			k.give(ctx, id)
		case <-tidy.C:
			k.tidy(ctx)
		}
	}
}

func (k *keeper) handle(ctx context.Context, e state.Effect) {
	switch e := e.(type) {
	case state.EraseDraft:
		k.drafts.still(e.ID)
		_ = k.device.EraseDraft(ctx, e.ID) // a draft too many does no harm
		k.left(ctx, e.ID, false)
		k.windows.release(e.ID)
	case state.Enqueue:
		k.drafts.still(e.Draft.ID)
		_, err := k.device.Post(ctx, e.Draft, e.Draft.Target, e.Verdict)
		k.queued(ctx, e.Draft.ID, err)
		return
	case state.EnqueueAppeal:
		k.drafts.still(e.Draft.ID)
		_, err := k.device.Appeal(ctx, e.Draft, e.Draft.Target, e.Verdict, e.Draft.Appeal)
		k.queued(ctx, e.Draft.ID, err)
		return
	case state.EnqueueDelete:
		if err := k.device.Delete(ctx, e.ID); err != nil {
			k.send(state.Queued{ID: e.ID, Err: err})
		}
		defer k.send(state.SyncNow{})
	case state.EnqueueTheirs:
		if err := k.device.TakeTheirs(ctx, e.ID); err != nil {
			k.send(state.Queued{ID: e.ID, Err: err})
		}
	case state.ReadFile:
		k.takeIn(ctx)
	case state.EvictOld:
		k.makeRoom(ctx)
	case state.SaveUnsent:
		k.exportUnsent(ctx)
		return
	case state.EraseDevice:
		k.erase(ctx)
		return
	case state.EnqueueName:
		if err := k.device.Rename(ctx, e.Nickname); err != nil {
			k.send(state.Queued{Err: err})
		}
		defer k.send(state.SyncNow{})
	case state.KeepPrefs:
		_ = k.device.SavePrefs(ctx, e.Prefs) // told below: what was read meanwhile had the old ones
	case state.KeepPlace:
		_ = k.device.SavePlace(ctx, e.Slug, e.Place) // the article then opens at its beginning
		return
	case state.SaveFile:
		k.export(ctx)
		return
	case state.Go:
		k.store(ctx)
		if e.Instead {
			browser.GoInstead(e.Path)
			return
		}
		browser.Go(e.Path)
		return
	case state.TakeUpdate:
		k.store(ctx)
		browser.TakeUpdate()
		return
	}
	k.reload()
	k.windows.changed()
}

// queued tells how a draft's way into the outbox ended.
func (k *keeper) queued(ctx context.Context, id string, err error) {
	k.left(ctx, id, err == nil)
	if err == nil {
		k.windows.release(id)
		k.windows.changed()
	}
	k.reload(state.Queued{ID: id, Err: err})
	go askBrowser(ctx)
}

// askBrowser asks for what makes it likelier that a waiting note gets out: to be
// woken when the network is back, and that the device's store is not cleared. The
// browser may say no, or nothing.
func askBrowser(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	_ = browser.Persist(ctx)
	_ = browser.RegisterBackgroundSync(ctx)
}

// loaded reads what the device holds for this page. What cannot be read is left
// as the screen has it.
func (k *keeper) loaded(ctx context.Context) state.Loaded {
	var l state.Loaded
	if a, err := k.article(ctx); err == nil {
		l.Article = &a
	}
	// Asked first: what comes in between is then news, not the rest of the notes.
	if whole, err := k.device.Whole(ctx, k.route.Slug); err == nil {
		l.Whole = whole
	}
	if notes, mine, err := k.device.Shown(ctx, k.route.Slug); err == nil {
		l.Notes, l.Mine = append([]replica.Note{}, notes...), append([]replica.Note{}, mine...)
	}
	if drafts, err := k.device.Drafts(ctx); err == nil {
		l.Drafts = k.withTyped(drafts)
	}
	l.Held = k.windows.elsewhere(ctx)
	if saved, err := k.device.Saved(ctx); err == nil {
		l.Saved = saved
	}
	if list, err := k.device.List(ctx); err == nil && len(list) > 0 {
		l.Articles = list
	}
	if k.route.Page == state.Me {
		l.Articles = k.titled(ctx, l.Articles, l.Saved)
	}
	if who, err := k.device.Reader(ctx); err == nil {
		l.Reader = &who
	}
	if prefs, err := k.device.Prefs(ctx); err == nil {
		l.Prefs = &prefs
	}
	if n, err := k.device.Pending(ctx); err == nil {
		l.Pending = n
	}
	l.Policy = k.rules(ctx)
	return l
}

// article is the page's article in the revision that the page is about.
func (k *keeper) article(ctx context.Context) (article.Article, error) {
	if k.route.Slug == "" {
		return article.Article{}, replica.ErrNotFound
	}
	a, err := k.device.Article(ctx, k.route.Slug)
	if err != nil || k.route.Revision == "" {
		return a, err
	}
	a.Revision, err = k.device.Revision(ctx, a.Slug, k.route.Revision)
	return a, err
}

// rules is the policy on this device. Parsing builds the word lists, so it is
// done once for each file.
func (k *keeper) rules(ctx context.Context) *moderation.Policy {
	raw, err := k.device.Policy(ctx)
	if err != nil || bytes.Equal(raw, k.raw) {
		return k.policy
	}
	if p, err := moderation.Parse(raw); err == nil {
		k.policy, k.raw = p, raw
		select {
		case <-k.wanted: // an older one
		default:
		}
		k.wanted <- p
	}
	return k.policy
}

// listed reports whether the device has a list of articles. The one on the page for
// what other apps send is as old as the app.
func (k *keeper) listed(ctx context.Context) bool {
	list, err := k.device.List(ctx)
	return err == nil && len(list) > 0
}

// seed stores what came with the page, for the time without a network.
func (k *keeper) seed(ctx context.Context, b state.Boot) {
	if b.Article != nil && b.Feed != nil && b.Article.Revision.ID == b.Article.Newest() {
		_ = k.device.Seed(ctx, *b.Article, *b.Feed)
	}
	if b.Articles != nil && (b.Route.Page != state.Share || !k.listed(ctx)) {
		_ = k.device.SaveList(ctx, b.Articles)
	}
}

// export offers the reader's own notes as W3C annotations.
func (k *keeper) export(ctx context.Context) {
	mine, err := k.device.Mine(ctx)
	if err != nil {
		return
	}
	notes := []annotation.Annotation{}
	for _, n := range mine {
		if n.State != replica.Deleted {
			notes = append(notes, annotation.ToIRI(n.Annotation, browser.Origin(), n.Article))
		}
	}
	data, err := json.MarshalIndent(notes, "", "  ")
	if err != nil {
		return
	}
	_ = browser.Download("my-notes.jsonld", "application/ld+json", data)
}
