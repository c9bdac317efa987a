package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// row is one labelled text.
type row struct {
	Text   string  `json:"text"`
	Label  int     `json:"label"`
	Weight float64 `json:"weight"`
	Spans  []int   `json:"spans"`
}

// read reads a training set. A weight that is not given is 1.
func read(data, name string) ([]row, error) {
	f, err := os.Open(filepath.Join(data, "train", name+".jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var rows []row
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		r := row{Weight: 1}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, len(rows)+1, err)
		}
		rows = append(rows, r)
	}
	return rows, lines.Err()
}
