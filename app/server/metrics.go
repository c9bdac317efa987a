package server

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"marginalia/app/replica"
)

// syncBuckets are the upper borders of the latency histogram, in seconds.
func syncBuckets() []float64 { return []float64{0.001, 0.005, 0.025, 0.1, 0.5, 2.5} }

// metrics counts what happens. It holds routes, states and numbers, nothing that
// a reader wrote.
type metrics struct {
	mu       sync.Mutex
	requests map[requestKey]int64
	changes  map[replica.NoteState]int64
	latency  []int64 // by bucket of syncBuckets; the last one is beyond all
	total    time.Duration
}

type requestKey struct {
	route  string
	status int
}

func newMetrics() *metrics {
	return &metrics{
		requests: map[requestKey]int64{},
		changes:  map[replica.NoteState]int64{},
		latency:  make([]int64, len(syncBuckets())+1),
	}
}

func (m *metrics) request(route string, status int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests[requestKey{cmp.Or(route, "none"), status}]++
	if route == "POST /api/v1/sync" {
		i, _ := slices.BinarySearch(syncBuckets(), took.Seconds())
		m.latency[i]++
		m.total += took
	}
}

func (m *metrics) change(state replica.NoteState) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changes[state]++
}

// text writes all counters in the Prometheus text format.
func (m *metrics) text() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var b strings.Builder
	b.WriteString("# TYPE marginalia_requests_total counter\n")
	keys := slices.SortedFunc(maps.Keys(m.requests), func(a, b requestKey) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
	})
	for _, k := range keys {
		fmt.Fprintf(&b, "marginalia_requests_total{route=%q,status=\"%d\"} %d\n", k.route, k.status, m.requests[k])
	}
	b.WriteString("# TYPE marginalia_changes_total counter\n")
	for _, state := range slices.Sorted(maps.Keys(m.changes)) {
		fmt.Fprintf(&b, "marginalia_changes_total{outcome=%q} %d\n", state, m.changes[state])
	}
	b.WriteString("# TYPE marginalia_sync_seconds histogram\n")
	var sum int64
	for i, border := range syncBuckets() {
		sum += m.latency[i]
		fmt.Fprintf(&b, "marginalia_sync_seconds_bucket{le=\"%g\"} %d\n", border, sum)
	}
	sum += m.latency[len(m.latency)-1]
	fmt.Fprintf(&b, "marginalia_sync_seconds_bucket{le=\"+Inf\"} %d\n", sum)
	fmt.Fprintf(&b, "marginalia_sync_seconds_sum %g\nmarginalia_sync_seconds_count %d\n", m.total.Seconds(), sum)
	return b.String()
}

func (s *Server) handleMetrics(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintf(w, "%s# TYPE marginalia_streams gauge\nmarginalia_streams %d\n", s.metrics.text(), s.live.count())
	return nil
}
