// Command train remakes the weights that ship with the program from labelled
// data. The same data gives the same bytes.
//
//	go run ./cmd/train -data ../shared/data/moderation moderation
package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// trainer makes files of weights by name and tells how it goes.
type trainer struct {
	name string
	make func(data string, progress io.Writer) (map[string][]byte, error)
}

var trainers = []trainer{
	{"moderation", trainBoth},
	{"claims", trainClaims},
	{"spam", trainSpam},
	{"suffixes", func(string, io.Writer) (map[string][]byte, error) {
		var b bytes.Buffer
		err := Suffixes(&b)
		return map[string][]byte{"suffixes": b.Bytes()}, err
	}},
}

func main() {
	data := flag.String("data", "../shared/data/moderation", "folder of the labelled data")
	out := flag.String("out", "app/weights", "folder for the weights")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), "usage: train [-data DIR] [-out DIR] [%s]\n", strings.Join(names(), "|"))
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := run(*data, *out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func names() []string {
	var list []string
	for _, t := range trainers {
		list = append(list, t.name)
	}
	return list
}

func run(data, out string, want []string) error {
	for _, name := range want {
		if !slices.Contains(names(), name) {
			return fmt.Errorf("%q is none of %s", name, strings.Join(names(), ", "))
		}
	}
	for _, t := range trainers {
		if len(want) > 0 && !slices.Contains(want, t.name) {
			continue
		}
		weights, err := t.make(data, os.Stderr)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		for _, name := range slices.Sorted(maps.Keys(weights)) {
			file := filepath.Join(out, name+".bin")
			if err := os.WriteFile(file, weights[name], 0o644); err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "%s: %d bytes, sha256-%x\n", file, len(weights[name]), sha256.Sum256(weights[name]))
		}
	}
	return nil
}
