//go:build js && wasm

package browser

import (
	"errors"
	"fmt"
	"slices"
	"syscall/js"
	"testing"
	"time"

	"marginalia/app/replica"
)

func TestStream(t *testing.T) {
	if !js.Global().Get("location").Truthy() {
		if _, err := Stream("/events", nil, nil, nil); !errors.Is(err, errNoStreams) {
			t.Skip("no server here: see TestInChromium")
		}
		return
	}
	for _, tc := range []struct {
		path string
		want []string
	}{
		{"/events", []string{"opened", `{"cursor":1}`, `{"cursor":2}`, "ended"}},
		{"/nowhere", []string{"ended"}},
	} {
		told := make(chan string, 10)
		stop, err := Stream(tc.path, func() { told <- "opened" }, func(data []byte) { told <- string(data) }, func() { told <- "ended" })
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for len(got) < len(tc.want) {
			select {
			case s := <-told:
				got = append(got, s)
			case <-time.After(10 * time.Second):
				t.Fatalf("Stream(%s) tells %q, then nothing", tc.path, got)
			}
		}
		stop()
		if !slices.Equal(got, tc.want) {
			t.Errorf("Stream(%s) tells %q, want %q", tc.path, got, tc.want)
		}
	}
}

func TestTransportNotes(t *testing.T) {
	if !js.Global().Get("location").Truthy() {
		t.Skip("no server here: see TestInChromium")
	}
	net := Transport{At: map[string]int64{"gone": 1, "here": 7}}
	for slug, want := range map[string]string{"gone": "gone?since=5", "here": "here?since=5&at=7", "other": "other?since=5"} {
		if got, err := net.Notes(t.Context(), slug, 5); err != nil || got.Revision != want || got.Cursor != 9 || !got.More {
			t.Errorf("Notes(%s) = %+v, %v, want what %s answers", slug, got, err, want)
		}
	}
}

func TestTransportPacks(t *testing.T) {
	if !js.Global().Get("location").Truthy() {
		t.Skip("no server here: see TestInChromium")
	}
	for _, mode := range []string{"packed", "unpacked"} {
		cursors := map[string]int64{mode: 1, "answer": 1}
		for i := range 200 {
			cursors[fmt.Sprint("article-", i)] = int64(i)
		}
		if got, err := (Transport{}).Sync(t.Context(), replica.Request{Cursors: cursors}); err != nil || got.Policy != "sha256-1" {
			t.Errorf("Sync to a server that wants it %s = %+v, %v", mode, got, err)
		}
	}
}
