package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

// asset is one file that browsers download.
type asset struct {
	name        string // in the folder: "marginalia.css"
	path        string // with its hash: "/assets/marginalia.0f3c….css"
	contentType string
	hash        string
	// The encodings it can be sent in; nil is not there. What lacks plain, as the
	// browser program does, is unpacked for the few that take no encoding.
	plain, br, gz *form
}

// form is an asset in one encoding: bytes in memory or, when there are many, a
// file that is copied to each client anew.
type form struct {
	data []byte
	file string
	size int64
}

func inMemory(data []byte) *form { return &form{data: data, size: int64(len(data))} }

// newAsset names a file by the hash of what is in it. Which encoding is hashed
// does not matter: the name changes when the content does.
func newAsset(name string, content []byte) *asset {
	sum := sha256.Sum256(content)
	f := &asset{name: name, hash: hex.EncodeToString(sum[:8]), contentType: contentTypes()[path.Ext(name)]}
	base := path.Base(name)
	ext := path.Ext(base)
	f.path = "/assets/" + strings.TrimSuffix(base, ext) + "." + f.hash + ext
	return f
}

// pack fills in the encodings that are missing, of what is worth packing.
func (f *asset) pack() {
	if f.plain == nil || f.plain.data == nil || f.plain.size < leastBytes || strings.HasSuffix(f.name, ".png") {
		return
	}
	if f.br == nil {
		f.br = inMemory(encode("br", f.plain.data, bestBrotli, gzip.BestCompression))
	}
	if f.gz == nil {
		f.gz = inMemory(encode("gzip", f.plain.data, bestBrotli, gzip.BestCompression))
	}
}

// sendAsset answers with f in the best encoding that the client takes.
func (s *Server) sendAsset(w http.ResponseWriter, r *http.Request, f *asset) error {
	body, coding := f.plain, accepted(r)
	switch {
	case coding == "br" && f.br != nil:
		body = f.br
	case coding == "gzip" && f.gz != nil:
		body = f.gz
	default:
		coding = ""
	}
	if body == nil {
		return s.sendUnpacked(w, r, f)
	}
	content, err := body.open(s.assets.files)
	if err != nil {
		return fmt.Errorf("asset %s: %w", f.name, err)
	}
	defer content.Close()
	h := w.Header()
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Type", f.contentType)
	h.Set("Content-Length", strconv.FormatInt(body.size, 10))
	if r.Method != http.MethodHead {
		io.Copy(w, content) // an error is the client's going away
	}
	return nil
}

// sendUnpacked answers with what is kept packed only.
func (s *Server) sendUnpacked(w http.ResponseWriter, r *http.Request, f *asset) error {
	form, open := f.gz, openGzip
	if form == nil {
		form, open = f.br, openBrotli
	}
	packed, err := form.open(s.assets.files)
	if err != nil {
		return fmt.Errorf("asset %s: %w", f.name, err)
	}
	defer packed.Close()
	content, err := open(packed)
	if err != nil {
		return fmt.Errorf("asset %s: %w", f.name, err)
	}
	w.Header().Set("Vary", "Accept-Encoding")
	w.Header().Set("Content-Type", f.contentType)
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(w, content); err != nil && r.Context().Err() == nil {
		s.log.Error("asset is cut off", "name", f.name, "err", err)
		panic(http.ErrAbortHandler) // so that the client does not take it for whole
	}
	return nil
}

func openGzip(r io.Reader) (io.Reader, error)   { return gzip.NewReader(r) }
func openBrotli(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }

// open returns a reader of the form's bytes.
func (f *form) open(files fs.FS) (io.ReadCloser, error) {
	if f.data != nil || f.size == 0 {
		return io.NopCloser(bytes.NewReader(f.data)), nil
	}
	return files.Open(f.file)
}
