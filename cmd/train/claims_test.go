package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math"
	"runtime"
	"testing"

	"marginalia/app/weights"
)

// TestClaimsAreRemade: what ships is what the data gives.
func TestClaimsAreRemade(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("skipped: others round floating point in another way")
	}
	files, err := trainClaims("../../../shared/data/moderation", io.Discard)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("skipped: the labelled data is not here: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(files["claims"], weights.Get("claims")) {
		t.Error("app/weights/claims.bin is not what training gives: go run ./cmd/train claims, then go test ./app/claims -update")
	}
}

func TestCalibrate(t *testing.T) {
	// Three times as many of one label must not move the middle.
	rows := []row{{Label: 1}, {Label: 1}, {Label: 0}, {Label: 0}, {Label: 0}, {Label: 0}, {Label: 0}, {Label: 0}}
	logits := []float64{5, 1, 3, -1, 3, -1, 3, -1}
	scale, shift := calibrate(rows, logits)
	if scale <= 0 || math.Abs(scale*2+shift) > 0.05 {
		t.Errorf("calibrate = %.3f, %.3f, want 2, the middle between the labels, to be undecided", scale, shift)
	}
}
