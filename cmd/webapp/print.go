//go:build js

package main

import (
	"runtime"
	"time"

	"marginalia/app/browser"
	"marginalia/app/state"
)

// printPatience is how long a print waits for notes to be drawn: thousands take
// seconds.
const printPatience = 20 * time.Second

// print has all notes drawn before the page is printed. The browser waits for this
// handler and for nothing else, so it lets the others run until that is done; the
// ticks that drawing waits for come while it does.
func (p *program) print(on bool) {
	p.send(state.Print{On: on})
	for end := browser.Now().Add(printPatience); on && !p.printed.Load() && browser.Now().Before(end); {
		runtime.Gosched()
	}
}
