//go:build !js

package main

import (
	"slices"
	"testing"

	"github.com/chromedp/cdproto/network"
)

// cut takes the network from the browser, or gives it back: requests fail, and
// the page hears of it, while the server goes on.
func (r *reader) cut(off bool) {
	r.t.Helper()
	r.silence()
	conditions := []*network.Conditions{}
	if off {
		conditions = append(conditions, &network.Conditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
	}
	call(r, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		EmulateOfflineServiceWorker: &off, MatchedNetworkConditions: conditions,
	})
	call(r, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
}

// TestNetworkGoesAndComes writes in a tunnel: the status says so at once, and the
// notes go out by themselves when the train is through.
func TestNetworkGoesAndComes(t *testing.T) {
	h := openHouse(t)
	r := openReader(t, h)
	r.open("/a/" + ferry)
	r.settled()
	r.cut(true)
	r.wait("the status", `document.querySelector('[role=status][aria-label=Sync]').dataset.state === "offline"`)
	var ids []string
	for i, words := range []string{claim, "212 were cancelled"} {
		r.annotate(words)
		r.write(civil, source)
		r.decision("publish")
		ids = append(ids, r.post())
		r.state(ids[i], "queued")
		r.pending(i + 1)
	}
	r.cut(false)
	r.pending(0)
	for _, id := range ids {
		r.state(id, "published")
	}
	got := h.published(ferry)
	slices.Sort(ids)
	slices.Sort(got)
	if !slices.Equal(got, ids) {
		t.Errorf("the server has %v, want %v", got, ids)
	}
}
