// Package server is the HTTP side of the project: the pages, the sync endpoint
// and what else a device reads, and the reader's session.
//
// A [Server] trusts no client: it decodes each change strictly, takes the words
// of a claim from its own copy of the article, judges every note by its own
// policy, and stores what it answered, so that a change sent again changes
// nothing. What it logs never holds a note's text, a nickname, a query string or
// a cookie.
//
//	s, err := server.New(server.Config{Store: st, Policy: moderation.DefaultPolicy(), URL: "https://notes.example"})
//	http.Serve(listener, s)
package server

import (
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"marginalia/app/moderation"
	"marginalia/app/store"
)

// Config is what a Server is made of.
type Config struct {
	Store store.Store
	// Policy is the policy file as it is served; nil or one that does not parse
	// holds every note.
	Policy []byte
	// URL is the public address without a final slash, such as
	// "https://notes.example". IRIs, canonical links and the Secure flag of the
	// cookie come from it, never from a request.
	URL string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Random makes session tokens and readers' ids; nil means crypto/rand.
	Random io.Reader
	// Logger may be nil: nothing is then logged.
	Logger *slog.Logger
	// Assets is the web folder: style sheets, scripts, icons and dist/app.wasm.
	// Nil, or a folder without them, gives pages that can be read but not used.
	Assets fs.FS
	Limits Limits
	// Sources opens cited addresses, see [Server.CheckSources]; nil: none is opened.
	Sources Reacher
	// ClaimReview tells search engines of sourced notes as claim reviews; see there
	// why a publisher has to want it.
	ClaimReview bool
}

// Server answers HTTP requests. Its methods may be called concurrently.
type Server struct {
	store  store.Store
	url    string
	secure bool // the public address is https
	now    func() time.Time
	random io.Reader
	log    *slog.Logger

	policy     *moderation.Policy // nil: every note is held
	policyBody *variants          // the policy's bytes; nil when there is none to serve
	faq        *moderation.FAQ

	assets    *assets
	texts     *texts
	pages     *pageCache
	snapshots *snapshots
	live      *live
	writes    *buckets // requests that write, by client
	quota     *buckets // notes, by reader
	cross     *http.CrossOriginProtection
	metrics   *metrics
	mux       *http.ServeMux
	frame     *template.Template
	sources   *sourceQueue // nil: no address is opened

	claimReview bool
}

// New makes a Server. It fails for a public address that is none and for assets
// that cannot be read; a policy that does not parse is logged instead.
func New(c Config) (*Server, error) {
	if c.Store == nil {
		return nil, errors.New("no store")
	}
	base, err := publicURL(c.URL)
	if err != nil {
		return nil, err
	}
	s := &Server{
		store: c.Store, url: base, secure: strings.HasPrefix(base, "https://"),
		now: c.Now, random: c.Random, log: c.Logger,
		texts: newTexts(), pages: newPageCache(), snapshots: newSnapshots(c.Store), live: newLive(c.Store), metrics: newMetrics(),
		cross: http.NewCrossOriginProtection(), mux: http.NewServeMux(), claimReview: c.ClaimReview,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.cross.AddTrustedOrigin(base); err != nil {
		return nil, fmt.Errorf("public address %q: %w", base, err)
	}
	if s.frame, err = template.New("shell").Parse(shellSource); err != nil {
		return nil, fmt.Errorf("page frame: %w", err)
	}
	if c.Sources != nil {
		s.sources = newSourceQueue(c.Sources)
	}
	s.setLimits(c.Limits)
	s.setPolicy(c.Policy)
	if s.assets, err = loadAssets(c.Assets); err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	if s.assets.wasm == "" {
		s.log.Warn("app.wasm is not built: pages can be read, but not annotated; run `make build`")
	}
	s.routes()
	return s, nil
}

// publicURL checks an address and takes its final slash off. An empty one stands
// for the local default.
func publicURL(raw string) (string, error) {
	if raw == "" {
		return "http://127.0.0.1:8080", nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("public address %q is no http or https address", raw)
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("public address %q must be a host only, without a path", raw)
	}
	return u.Scheme + "://" + u.Host, nil
}

func (s *Server) setPolicy(raw []byte) {
	if raw == nil {
		s.log.Error("no policy: every note is held")
		return
	}
	p, err := moderation.Parse(raw)
	if err != nil {
		s.log.Error("policy is not valid: every note is held", "err", err)
		return
	}
	p, err = WithModels(p)
	if err != nil {
		s.log.Warn("the rules run without a model", "err", err)
	}
	faq := p.FAQ()
	s.policy, s.policyBody, s.faq = p, newVariants("application/json", raw), &faq
}

// policyHash is the hash of the policy in force, "" when there is none.
func (s *Server) policyHash() string {
	if s.policy == nil {
		return ""
	}
	return s.policy.Hash()
}

// PolicyValid reports whether the server judges by a policy or holds every note.
func (s *Server) PolicyValid() bool { return s.policy != nil }

func (s *Server) routes() {
	for pattern, handle := range map[string]handler{
		"POST /api/v1/sync":                                s.handleSync,
		"POST /api/v1/signout":                             s.handleSignOut,
		"GET /api/v1/articles":                             s.handleArticles,
		"GET /api/v1/articles/{slug}":                      s.handleArticle,
		"GET /api/v1/articles/{slug}/notes":                s.handleNotes,
		"GET /api/v1/articles/{slug}/events":               s.handleEvents,
		"GET /api/v1/articles/{slug}/revisions/{revision}": s.handleRevision,
		"GET /api/v1/policy":                               s.handlePolicy,
		"GET /healthz":                                     s.handleHealth,
		"GET /readyz":                                      s.handleReady,
		"GET /metrics":                                     s.handleMetrics,

		"GET /a/{slug}/annotations/{$}":      s.handleContainer,
		"GET /a/{slug}/annotations/{id}":     s.handleAnnotation,
		"OPTIONS /a/{slug}/annotations/{$}":  s.handleAnnotationOptions,
		"OPTIONS /a/{slug}/annotations/{id}": s.handleAnnotationOptions,

		"GET /robots.txt":          s.handleRobots,
		"GET /sitemap.xml":         s.handleSitemap,
		"GET /notes.atom":          s.handleSiteFeed,
		"GET /a/{slug}/notes.atom": s.handleArticleFeed,

		"GET /{$}":                   s.handlePage,
		"GET /a/{slug}":              s.handlePage,
		"GET /a/{slug}/r/{revision}": s.handlePage,
		"GET /faq":                   s.handlePage,
		"GET /me":                    s.handlePage,
		"GET /share":                 s.handlePage,
		"GET /shell":                 s.handlePage,
		"POST /language":             s.handleLanguage,
		"GET /assets/{name}":         s.handleAsset,
		"GET /sw.js":                 s.handleWorker,
		"GET /manifest.webmanifest":  s.handleFixed,
		"GET /icon.svg":              s.handleFixed,
		"GET /icon-192.png":          s.handleFixed,
		"GET /icon-512.png":          s.handleFixed,
		"GET /icon-maskable-512.png": s.handleFixed,
		"GET /favicon.ico":           s.handleFixed,
	} {
		s.mux.Handle(pattern, s.route(handle))
	}
}
