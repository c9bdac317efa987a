package anchor

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

// sample is one text and what is looked for in it.
type sample struct {
	Text     string
	Selector []annotation.Selector
}

// samplesEnv names the file of samples that the device is to answer.
const samplesEnv = "ANCHOR_SAMPLES"

// samples are what a device and a server are compared on: the labelled sets where
// they are here, the look-alikes, and edits of texts in many scripts.
func samples(t *testing.T) []sample {
	t.Helper()
	var all []sample
	for _, name := range []string{"annotator-quote-match.json", "annotator-position-match.json"} {
		var file peerFile
		if json.Unmarshal(sharedOr(name), &file) == nil {
			for _, c := range file.Cases {
				all = append(all, sample{c.Text, []annotation.Selector{c.Selector}})
			}
		}
	}
	var quotes hypothesisFile
	if json.Unmarshal(sharedOr("hypothesis-match-quote.json"), &quotes) == nil {
		for _, c := range quotes.Cases {
			all = append(all, sample{quotes.Texts[c.Text], []annotation.Selector{quoteSelector(c.Prefix, c.Quote, c.Suffix)}})
		}
	}
	lines := bufio.NewScanner(bytes.NewReader(sharedOr("drift/dev.jsonl")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c sample
		if json.Unmarshal(lines.Bytes(), &c) == nil {
			all = append(all, c)
		}
	}
	for _, c := range lookalikes(t) {
		all = append(all, sample{c.Now, Describe(c.was, c.span)})
	}
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 7))
		for _, kind := range []string{"case", "context-edit", "delete", "insert", "moved", "nfd", "rewritten", "substitute", "two", "typo", "whitespace"} {
			if c, ok := makeCase(r, kind); ok {
				all = append(all, sample{c.now, Describe(c.was, c.span)})
			}
		}
	}
	return all
}

// answers are the anchors and guesses of samples, one JSON value a line.
func answers(all []sample) ([]byte, error) {
	var b bytes.Buffer
	encode := json.NewEncoder(&b)
	for i, s := range all {
		text := NewText(s.Text)
		half := text.Map().Len() / 2
		halves := []textpos.Span{{End: half}, {Start: half, End: text.Map().Len()}}
		if err := encode.Encode([]any{text.Locate(s.Selector), text.Guess(s.Selector, halves, 3)}); err != nil {
			return nil, fmt.Errorf("sample %d: %w", i, err)
		}
	}
	return b.Bytes(), nil
}

// TestPrintAnswers is run in WebAssembly by TestDeviceAndServerAgree.
func TestPrintAnswers(t *testing.T) {
	name := os.Getenv(samplesEnv)
	if name == "" {
		t.Skip("only TestDeviceAndServerAgree wants the lines")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	lines, err := answers(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name+".out", lines, 0o600); err != nil {
		t.Fatal(err)
	}
}
