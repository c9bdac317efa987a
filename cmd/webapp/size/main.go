// Command size adds up, in brotli, what a first visit downloads to a working
// app, and fails when that is over the budget.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/andybalholm/brotli"

	"marginalia/web"
)

func main() {
	budget := flag.Int("budget", 0, "the most bytes allowed; 0 for no limit")
	flag.Parse()
	total := 0
	for _, name := range []string{
		"dist/app.wasm", "dist/wasm_exec.js", "display.js", "loader.js", "dom.js", "sw.js", "tokens.css", "marginalia.css", "icons.svg", "icon.svg",
	} {
		n, err := compressed(web.Files, name)
		if err != nil {
			fmt.Fprintln(os.Stderr, "size:", err)
			os.Exit(1)
		}
		fmt.Printf("%9d  %s\n", n, path.Base(name))
		total += n
	}
	fmt.Printf("%9d  in all, brotli\n", total)
	if *budget > 0 && total > *budget {
		fmt.Fprintf(os.Stderr, "size: %d bytes are over the budget of %d\n", total, *budget)
		os.Exit(1)
	}
}

// compressed is the size of a file as the server sends it.
func compressed(files fs.FS, name string) (int, error) {
	if br, err := fs.ReadFile(files, name+".br"); err == nil {
		return len(br), nil
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return 0, err
	}
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := w.Write(data); err != nil {
		return 0, err
	}
	if err := w.Close(); err != nil {
		return 0, err
	}
	return b.Len(), nil
}
