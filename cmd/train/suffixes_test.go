package main

import (
	"bytes"
	"testing"

	"marginalia/app/weights"
)

// TestSuffixesAreShipped wants the shipped table to be what the release of
// golang.org/x/net in go.mod gives.
func TestSuffixesAreShipped(t *testing.T) {
	var b bytes.Buffer
	if err := Suffixes(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), weights.Get("suffixes")) {
		t.Error("app/weights/suffixes.bin is stale: go run ./cmd/train suffixes")
	}
}

func TestRunRefuses(t *testing.T) {
	if err := run("", t.TempDir(), []string{"x"}); err == nil {
		t.Error("a model that there is none of gives no error")
	}
}
