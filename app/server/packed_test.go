package server

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"strings"
	"testing"

	"marginalia/app/replica"
)

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(text))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPackedSync(t *testing.T) {
	h := openHouse(t)
	body := string(h.json(map[string]any{"changes": []any{h.put(h.id(), question, "")}}))
	whole := packed(t, body)
	for _, tc := range []struct {
		name, coding, body string
		want               int
	}{
		{"packed", "gzip", whole, 200},
		{"cut off", "gzip", whole[:len(whole)-12], 400},
		{"not packed at all", "gzip", body, 400},
		{"more than its limit inside", "gzip", packed(t, strings.Repeat(" ", replica.MaxRequestBytes)+body), 413},
		{"a bomb", "gzip", packed(t, strings.Repeat(" ", 64<<20)), 413},
		{"another coding", "br", body, 415},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := h.device().request("POST", "/api/v1/sync", tc.body, "Content-Encoding", tc.coding)
			if w.Code != tc.want {
				t.Fatalf("sync = %d %s, want %d", w.Code, w.Body, tc.want)
			}
			var a replica.Answer
			if tc.want == 200 && (json.Unmarshal(w.Body.Bytes(), &a) != nil || a.Outcomes[0].State != replica.Published) {
				t.Errorf("outcomes = %+v, want it published", a.Outcomes)
			}
		})
	}
}
