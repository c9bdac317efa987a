package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"marginalia/app/moderation"
	"marginalia/app/reach"
	"marginalia/app/server"
	"marginalia/app/source"
	"marginalia/app/weights"
	"marginalia/web"
)

const (
	// graceful is how long requests may take to end after SIGTERM; serve must be
	// gone within 10 s.
	graceful = 8 * time.Second

	headerTimeout = 10 * time.Second
	readTimeout   = 60 * time.Second // 1 MiB over a poor mobile network
	writeTimeout  = 120 * time.Second
	idleTimeout   = 120 * time.Second
	maxHeader     = 32 << 10
)

type serveCmd struct {
	dataFlags

	Addr     string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on (${default}); port 0 takes a free one."`
	URL      string `placeholder:"URL" help:"Public address, as https://notes.example; by default made from --addr."`
	Policy   string `placeholder:"FILE" type:"path" help:"Policy file; by default the one that comes with the program."`
	Articles string `placeholder:"DIR" type:"path" help:"Folder of .txt and .md files to import when the store has no article yet."`

	NoCheckSources bool `help:"Do not open the addresses that notes cite to see whether they lead anywhere."`
	ClaimReview    bool `help:"Tell search engines of published notes that dispute or support a claim with a source as claim reviews, each by its reader. Only if you stand behind them."`
}

// Run serves until the context is done or a signal says to end. Other commands
// leave signals alone: what they wait for, such as a line of input, would not let
// them end, and what they store is stored in one piece or not at all.
func (c *serveCmd) Run(r *run) error {
	ctx, stop := signal.NotifyContext(r.ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	r.ctx = ctx
	policy, err := readPolicy(c.Policy)
	if err != nil {
		return err
	}
	if _, err := moderation.Parse(policy); err != nil {
		fmt.Fprintf(r.stderr, "marginalia: the policy is not valid, every note is held: %s\nhint: See marginalia policy check FILE.\n", oneLine(err.Error()))
	}
	st, err := c.open(r.ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if c.Articles != "" {
		if err := importFolder(r, st, c.Articles); err != nil {
			return err
		}
	}
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return hint("Choose another address with --addr, such as --addr 127.0.0.1:8081.", "%w", err)
	}
	defer l.Close()
	public := c.URL
	if public == "" {
		public = "http://" + reachable(l.Addr())
	}
	handler, err := server.New(server.Config{
		Store: st, Policy: policy, URL: public, Now: r.now, Assets: web.Assets(),
		Logger: slog.New(slog.NewTextHandler(r.stderr, nil)), Sources: c.reacher(public), ClaimReview: c.ClaimReview,
	})
	if err != nil {
		return err
	}
	checks, endChecks := context.WithCancel(r.ctx)
	var checking sync.WaitGroup
	checking.Go(func() { handler.CheckSources(checks) })
	defer checking.Wait() // before the store is closed
	defer endChecks()
	spareMemory(r.ctx)
	fmt.Fprintf(r.stderr, "listening on http://%s\n", reachable(l.Addr()))
	return serve(r.ctx, l, handler, r)
}

// reacher opens cited addresses, in the name of the public one; nil when the
// publisher wants none opened.
func (c *serveCmd) reacher(public string) server.Reacher {
	if c.NoCheckSources {
		return nil
	}
	// Without the table a redirect within one registrable domain may look like one
	// to another, no more.
	suffixes, _ := source.ParseSuffixes(weights.Get("suffixes"))
	return reach.New(reach.Config{Agent: "Marginalia (source check; +" + public + ")", Suffixes: suffixes})
}

// serve answers requests until ctx is done, then lets those that run end.
func serve(ctx context.Context, l net.Listener, h *server.Server, r *run) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(slog.NewTextHandler(r.stderr, nil), slog.LevelWarn),
	}
	srv.RegisterOnShutdown(h.EndStreams)
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
	defer cancel()
	if err := srv.Shutdown(end); err != nil {
		srv.Close() // some client would not end
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// reachable is an address that a browser on this machine can open.
func reachable(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return addr.String()
	}
	if tcp.IP == nil || tcp.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return tcp.String()
}

// readPolicy reads a policy file; "" names the shipped policy.
func readPolicy(name string) ([]byte, error) {
	if name == "" {
		return moderation.DefaultPolicy(), nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	return data, nil
}
