//go:build js && wasm

package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"marginalia/app/article"
	"marginalia/app/browser"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// pollEvery is how often a page in sight asks for news when nothing else makes
// it ask.
const pollEvery = 20 * time.Second

// calmPoll is that while a live stream tells the news of the page's article: what
// is left to ask for is what became of own notes, and other articles.
const calmPoll = 60 * time.Second

// mostFollowed bounds what each round asks for. Older articles are fetched anew
// when they are opened.
const mostFollowed = 50

// rulesWait is how long a first visit's start may wait for the rules.
const rulesWait = 2 * time.Second

// syncer sends the outbox and fetches news: at start, when kicked, when the
// network comes back, and again after a failure, ever more rarely.
type syncer struct {
	device *replica.Replica
	net    browser.Transport
	slug   string
	reload func()
	send   func(state.Action)
	kicks  chan struct{}
	policy string // the hash on this device
	reader replica.Reader
	live   *live
}

func newSyncer(device *replica.Replica, net browser.Transport, b state.Boot, reload func(), send func(state.Action)) *syncer {
	if b.Rest != nil {
		net.At = map[string]int64{b.Route.Slug: b.Rest.Snapshot}
	}
	s := &syncer{device: device, net: net, slug: b.Route.Slug, reload: reload, send: send, kicks: make(chan struct{}, 1)}
	followed := s.slug
	if b.Route.Revision != "" {
		followed = "" // an older revision is a thing of the past
	}
	s.live = newLive(device, followed, reload, s.kick)
	return s
}

// kick asks for a round now; several before it begins are one.
func (s *syncer) kick() {
	select {
	case s.kicks <- struct{}{}:
	default:
	}
}

// lost takes the browser's word that the network is gone.
func (s *syncer) lost() {
	// It is called on the event loop, on which storage waits for its answers.
	go s.say(context.Background(), state.Offline, 0)
}

// prepare fetches the rules on a first visit, so that an app that says it is up
// can judge a note, also when the network goes at that moment. It gives up soon:
// without rules notes are held.
func (s *syncer) prepare(ctx context.Context) {
	if _, err := s.device.Policy(ctx); err == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, rulesWait)
	defer cancel()
	_ = s.fetchPolicy(ctx) // the first round tries again
}

func (s *syncer) run(ctx context.Context) {
	var backoff replica.Backoff
	for {
		wait := pollEvery
		if s.live.up() {
			wait = calmPoll
		}
		if err := s.round(ctx); err != nil {
			wait = backoff.Next(random32())
			backoff.Attempt++
			var refused *replica.ServerError
			switch {
			case errors.As(err, &refused):
				wait = max(wait, refused.RetryAfter)
				s.say(ctx, state.Failed, wait)
			case errors.Is(err, replica.ErrFull): // the network is well, the disk is not
				s.send(state.OutOfRoom{})
				s.say(ctx, state.Failed, wait)
			default:
				s.say(ctx, state.Offline, wait)
			}
		} else {
			backoff = replica.Backoff{}
			s.say(ctx, state.Synced, 0)
		}
		s.rest(ctx, wait)
	}
}

// rest waits for a kick, or for the time to pass in sight of the reader.
func (s *syncer) rest(ctx context.Context, wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		select {
		case <-s.kicks:
			return
		case <-timer.C:
			if browser.Visible() {
				return
			}
			timer.Reset(wait)
		case <-ctx.Done():
			return
		}
	}
}

// round sends and fetches once, and then gets what news pointed to.
func (s *syncer) round(ctx context.Context) error {
	if !browser.Online() {
		return replica.ErrOffline
	}
	if n, err := s.device.Pending(ctx); err == nil && n > 0 {
		s.say(ctx, state.Syncing, 0)
	}
	if err := s.needs(ctx); err != nil {
		return err
	}
	follow, err := s.follow(ctx)
	if err != nil {
		return err
	}
	result, err := s.device.Round(ctx, s.net, follow)
	if errors.Is(err, replica.ErrLeaving) {
		if err = leave(ctx, s.device); err == nil {
			result, err = s.device.Round(ctx, s.net, follow)
		}
	}
	if err != nil || result.Sent > 0 || result.Received > 0 || len(result.Changed) > 0 || result.Reader != s.reader {
		s.reader = result.Reader
		s.reload()
	}
	if err != nil {
		return err
	}
	if result.Policy != "" && result.Policy != s.policy {
		if err := s.fetchPolicy(ctx); err != nil {
			return err
		}
	}
	return nil
}

// revision gets an older revision for the screen, from this device or the server.
func (s *syncer) revision(ctx context.Context, slug, id string) {
	rev, err := s.device.Revision(ctx, slug, id)
	if err != nil {
		var a article.Article
		if a, err = s.net.Article(ctx, slug, id); err == nil {
			rev = a.Revision
			if id == a.Before(a.Newest()) {
				_ = s.device.SaveBefore(ctx, slug, rev) // it can be fetched again
			}
		}
	}
	here := state.RevisionHere{ID: id}
	if err == nil {
		here.Revision = &rev
	}
	s.send(here)
}

// follow names the articles whose feeds this device reads: the one on the screen
// and the newest of those it has.
func (s *syncer) follow(ctx context.Context) ([]string, error) {
	saved, err := s.device.Saved(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.device.List(ctx)
	if err != nil {
		return nil, err
	}
	var slugs []string
	take := func(slug string) {
		if saved[slug] && len(slugs) < mostFollowed {
			slugs = append(slugs, slug)
			delete(saved, slug)
		}
	}
	take(s.slug)
	for _, a := range list { // the newest first
		take(a.Slug)
	}
	for _, slug := range slices.Sorted(maps.Keys(saved)) {
		take(slug)
	}
	return slugs, nil
}

// needs fetches what the page cannot do without: the rules, and the article when
// a shell stands in for its page.
func (s *syncer) needs(ctx context.Context) error {
	if raw, err := s.device.Policy(ctx); err == nil {
		s.policy = hash(raw)
	} else if err := s.fetchPolicy(ctx); err != nil {
		return err
	}
	if s.slug == "" {
		return nil
	}
	if _, err := s.device.Article(ctx, s.slug); errors.Is(err, replica.ErrNotFound) {
		return s.fetchArticle(ctx, s.slug)
	}
	return nil
}

func (s *syncer) fetchPolicy(ctx context.Context) error {
	raw, status, err := s.net.Get(ctx, "/api/v1/policy")
	if err != nil || status != ok {
		return err // without the rules every note is held: no reason to stop
	}
	if _, err := moderation.Parse(raw); err != nil {
		return nil // the rules that are here are better than none
	}
	if err := s.device.SavePolicy(ctx, raw); err != nil {
		return err
	}
	s.policy = hash(raw)
	s.reload()
	return nil
}

// hash names a policy by its bytes, as the server does.
func hash(policy []byte) string {
	sum := sha256.Sum256(policy)
	return "sha256-" + hex.EncodeToString(sum[:])
}

func (s *syncer) fetchArticle(ctx context.Context, slug string) error {
	raw, status, err := s.net.Get(ctx, "/api/v1/articles/"+slug)
	if err != nil || status != ok {
		return err
	}
	var a article.Article
	if err := json.Unmarshal(raw, &a); err != nil {
		return err
	}
	if err := s.device.SaveArticle(ctx, a); err != nil {
		return err
	}
	s.reload()
	return nil
}

const ok = 200 // net/http would be linked for its name

// say tells the screen about the connection.
func (s *syncer) say(ctx context.Context, to state.SyncState, retry time.Duration) {
	n, err := s.device.Pending(ctx)
	if err != nil {
		n = 0
	}
	s.send(state.SyncChanged{Sync: state.Sync{State: to, Pending: n, Retry: retry}})
}

func random32() uint32 {
	r := browser.Random()
	return binary.LittleEndian.Uint32(r[:])
}
