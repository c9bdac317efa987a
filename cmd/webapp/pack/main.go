// Command pack writes the packed forms of each FILE, FILE.br and FILE.gz, into
// FOLDER and prints the sizes. The server sends these as they are and unpacks one
// for a client that takes neither, so FILE itself is not needed. Of a model, which
// gzip makes hardly smaller, there is no FILE.gz.
//
//	pack FOLDER FILE…
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: pack FOLDER FILE…")
		os.Exit(2)
	}
	for _, name := range os.Args[2:] {
		if err := pack(os.Args[1], name); err != nil {
			fmt.Fprintln(os.Stderr, "pack:", err)
			os.Exit(1)
		}
	}
}

func pack(folder, name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	br, err := compress(data, func(w io.Writer) (io.WriteCloser, error) {
		// The largest window: the program is bigger than the usual 4 MiB one.
		return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24}), nil
	})
	if err != nil {
		return fmt.Errorf("brotli %s: %w", name, err)
	}
	to := filepath.Join(folder, filepath.Base(name))
	if filepath.Ext(name) == ".bin" {
		fmt.Printf("%s: %d bytes, %d brotli\n", name, len(data), len(br))
		return os.WriteFile(to+".br", br, 0o644)
	}
	gz, err := compress(data, func(w io.Writer) (io.WriteCloser, error) {
		return gzip.NewWriterLevel(w, gzip.BestCompression)
	})
	if err != nil {
		return fmt.Errorf("gzip %s: %w", name, err)
	}
	fmt.Printf("%s: %d bytes, %d brotli, %d gzip\n", name, len(data), len(br), len(gz))
	if err := os.WriteFile(to+".gz", gz, 0o644); err != nil {
		return err
	}
	return os.WriteFile(to+".br", br, 0o644)
}

// compress runs data through the writer that open makes.
func compress(data []byte, open func(io.Writer) (io.WriteCloser, error)) ([]byte, error) {
	var b bytes.Buffer
	w, err := open(&b)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
