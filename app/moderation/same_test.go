package moderation

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

const (
	// comparedCount is how many verdicts a device and a server are compared on.
	comparedCount = 10_000
	// comparedChunk is how many of them one hash stands for.
	comparedChunk = 100
)

// comparedNotes are the notes to compare: made-up ones of everything that rules
// react to, and the sentences of the spelling suite in every disguise.
func comparedNotes(tb testing.TB) []Note {
	var notes []Note
	for _, name := range []string{"abusive", "civil"} {
		for i, s := range spellingSuite(tb, name) {
			notes = append(notes, note(s.text))
			for k := range 9 {
				notes = append(notes, note(disguises[(9*i+k)%len(disguises)].disguised(s.text)))
			}
		}
	}
	return append(notes, generatedNotes(comparedCount-len(notes))...)
}

// comparedVerdicts are the verdicts on the notes from number from on, one JSON
// value a line. Notes take turns with two policies, two articles and none.
func comparedVerdicts(tb testing.TB, notes []Note, from int) []byte {
	var b bytes.Buffer
	for i, n := range notes {
		p, s := shipped(), generatedSubject()
		switch (from + i) % 5 {
		case 1:
			p = denying()
		case 2:
			s = Subject{Quote: "the estimate was 4,200,000"}
		case 3:
			s.Article = comparedArticle()
		}
		line, err := json.Marshal(Check(p, n, s))
		if err != nil {
			tb.Fatalf("note %d: %v", from+i, err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// comparedHashes are the hashes of all verdicts, one a chunk.
func comparedHashes(tb testing.TB) (hashes []string) {
	notes := comparedNotes(tb)
	for from := 0; from < len(notes); from += comparedChunk {
		sum := sha256.Sum256(comparedVerdicts(tb, notes[from:from+comparedChunk], from))
		hashes = append(hashes, hex.EncodeToString(sum[:]))
	}
	return hashes
}

// TestPrintVerdicts is run in WebAssembly by TestDeviceAndServerAgree. It prints
// hashes, or the verdicts of one chunk.
func TestPrintVerdicts(t *testing.T) {
	want := os.Getenv("MODERATION_PRINT_VERDICTS")
	if want == "" {
		t.Skip("only TestDeviceAndServerAgree wants the lines")
	}
	fmt.Println("verdicts begin")
	if want == "hashes" {
		fmt.Println(strings.Join(comparedHashes(t), "\n"))
	} else {
		chunk := 0
		if _, err := fmt.Sscan(want, &chunk); err != nil {
			t.Fatal(err)
		}
		from := chunk * comparedChunk
		os.Stdout.Write(comparedVerdicts(t, comparedNotes(t)[from:from+comparedChunk], from))
	}
	fmt.Println("verdicts end")
}
