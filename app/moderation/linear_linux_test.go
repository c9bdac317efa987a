package moderation

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// TestLinear wants four times the text to take no more than about four times the
// work. It counts the thread's own processor time without the collector, which a
// busy machine hardly changes. What grows with the square takes sixteen times as
// long; a ratio of nine tells them apart.
func TestLinear(t *testing.T) {
	const small, large, most, tries = maxJudged / 8, maxJudged / 2, 9, 12
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	article := NewArticle("The bridge reopened.")
	for _, h := range hostile {
		long := []rune(strings.Repeat(h.part, large))
		var short, whole []int64
		for n := range tries {
			short = append(short, workOf(t, string(long[:small]), article))
			whole = append(whole, workOf(t, string(long[:large]), article))
			if n > 0 && slices.Min(whole) <= most*slices.Min(short) {
				break
			}
		}
		if slices.Min(whole) > most*slices.Min(short) {
			t.Errorf("%s: %d code points take %d µs, %d take %d µs", h.name, small, slices.Min(short), large, slices.Min(whole))
		}
	}
}

// workOf is the processor time of one check in microseconds.
func workOf(t *testing.T, text string, article *Article) int64 {
	t.Helper()
	runtime.GC()
	begin := threadTime(t)
	Check(shipped(), note(text), Subject{Article: article, Quote: "the bridge"})
	return threadTime(t) - begin
}

func threadTime(t *testing.T) int64 {
	t.Helper()
	const threadClock = 3 // CLOCK_THREAD_CPUTIME_ID
	var now syscall.Timespec
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, threadClock, uintptr(unsafe.Pointer(&now)), 0); errno != 0 {
		t.Fatal(errno)
	}
	return now.Nano() / 1000
}
