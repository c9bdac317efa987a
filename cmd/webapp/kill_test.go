//go:build !js

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// mayMiss is what a kill may cost: the keystrokes of so long before it. Where a
// machine is so busy that the browser takes longer than that over a single key,
// it may cost as much more.
const mayMiss = 300 * time.Millisecond

// ownGroup starts the browser in a process group of its own, so that all of it
// can be killed in one moment, as a phone does that runs out of memory.
func ownGroup() chromedp.ExecAllocatorOption {
	return chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} })
}

// TestTwentyKillsInTheMiddleOfWriting writes twenty notes without a network. The
// browser is killed at some moment of writing each: what was typed longer ago
// than 300 ms is there when it is started again, and all notes arrive, once.
func TestTwentyKillsInTheMiddleOfWriting(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 300))
	h := openHouse(t)
	r := openReader(t, h, ownGroup())
	r.open("/a/" + ferry)
	r.settled()
	r.offline()
	r.open("/a/" + ferry)
	var ids []string
	var missed []int
	for i := range 20 {
		text := fmt.Sprintf("%d. %s", i+1, civil)
		r.annotate(claim)
		old, sent := r.typeUntilKilled(text, time.Duration(random.Int64N(int64(900*time.Millisecond))))
		r.cancel()
		r.launch(ownGroup())
		r.silence()
		r.open("/a/" + ferry)
		kept := r.kept()
		if !strings.HasPrefix(text, kept) || len(kept) < old {
			t.Errorf("note %d: %d of %d characters are left, at least %d were typed %v before: %q", i+1, len(kept), sent, old, mayMiss, kept)
		}
		missed = append(missed, sent-len(kept))
		if kept == "" {
			r.annotate(claim)
		}
		r.insert(text[len(kept):])
		r.fill("Source URL", source)
		r.decision("publish")
		ids = append(ids, r.post())
		r.pending(i + 1)
	}
	t.Logf("characters missed at each kill: %v", missed)
	r.online()
	r.pending(0)
	got := h.published(ferry)
	slices.Sort(ids)
	slices.Sort(got)
	if !slices.Equal(got, ids) {
		t.Errorf("the server has %d notes %v, want the device's 20 %v", len(got), got, ids)
	}
}

// typeUntilKilled types one key after the other, and kills the browser after that
// time. It returns how many characters had been typed mayMiss before, and how
// many at all.
func (r *reader) typeUntilKilled(text string, after time.Duration) (old, sent int) {
	r.t.Helper()
	r.run(`document.querySelector("form.composer textarea").focus()`)
	pid := chromedp.FromContext(r.ctx).Browser.Process().Pid
	ctx, stop := context.WithCancel(r.ctx)
	defer stop()
	var killed time.Time
	timer := time.AfterFunc(after, func() {
		killed = time.Now()
		if err := syscall.Kill(-pid, syscall.SIGKILL); err != nil {
			r.t.Errorf("kill: %v", err)
		}
		stop()
	})
	defer timer.Stop()
	var typed []time.Time
	var slowest time.Duration
	var pressed time.Time // and not answered
	for _, key := range text {
		pressed = time.Now()
		if chromedp.Do(ctx, chromedp.KeyEvent(string(key))) != nil {
			break
		}
		typed = append(typed, time.Now())
		slowest = max(slowest, time.Since(pressed))
	}
	if len(typed) < len([]rune(text)) {
		<-ctx.Done()
		slowest = max(slowest, killed.Sub(pressed))
	}
	<-ctx.Done() // the text was at its end before
	chromedp.FromContext(r.ctx).Browser.Process().Wait()
	for _, at := range typed {
		if killed.Sub(at) >= mayMiss+slowest {
			old++
		}
	}
	return old, len(typed)
}

// kept waits until the page shows what the device has of a draft, and returns its
// text. The news that there is one is drawn with the form.
func (r *reader) kept() string {
	r.t.Helper()
	return value[string](r, `document.querySelector("form.composer textarea")?.value ?? ""`)
}

// insert types the rest of a note at once, as a keyboard's suggestion does.
func (r *reader) insert(text string) {
	r.t.Helper()
	r.run(`const area = document.querySelector("form.composer textarea"); area.focus(); area.setSelectionRange(area.value.length, area.value.length)`)
	r.run(`document.execCommand("insertText", false, ` + quote(text) + `)`)
}
