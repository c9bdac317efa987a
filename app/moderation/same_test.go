package moderation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// generatedCount is how many verdicts a device and a server are compared on.
const generatedCount = 2000

// verdictLines are the verdicts on the made-up notes, one JSON value a line.
func verdictLines() ([]byte, error) {
	var b bytes.Buffer
	s := generatedSubject()
	all, err := policyWith(strings.Replace(string(DefaultPolicy()), `"deny": []`, `"deny": ["denied.example"]`, 1))
	if err != nil {
		return nil, err
	}
	for _, p := range []*Policy{all, Default(), nil} {
		for i, n := range generatedNotes(generatedCount) {
			line, err := json.Marshal(Check(p, n, s))
			if err != nil {
				return nil, fmt.Errorf("note %d: %w", i, err)
			}
			b.Write(line)
			b.WriteByte('\n')
			if p == nil {
				break // without a policy all verdicts are one
			}
		}
	}
	return b.Bytes(), nil
}

// TestPrintVerdicts is run in WebAssembly by TestDeviceAndServerAgree.
func TestPrintVerdicts(t *testing.T) {
	if os.Getenv("MODERATION_PRINT_VERDICTS") == "" {
		t.Skip("only TestDeviceAndServerAgree wants the lines")
	}
	lines, err := verdictLines()
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("verdicts begin")
	os.Stdout.Write(lines)
	fmt.Println("verdicts end")
}
