package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// Compression levels: assets are compressed once, pages when they change.
const (
	bestBrotli  = brotli.BestCompression
	quickBrotli = 4
	quickGzip   = 5
	// leastBytes is the least size at which compressing saves a packet.
	leastBytes = 1400
)

// variants is a body in the encodings that clients ask for, each made once.
type variants struct {
	contentType string
	body        []byte

	mu      sync.Mutex
	encoded map[string][]byte
}

func newVariants(contentType string, body []byte) *variants {
	return &variants{contentType: contentType, body: body, encoded: map[string][]byte{}}
}

// send writes the variant that suits r.
func (v *variants) send(w http.ResponseWriter, r *http.Request, status int) {
	body, coding := v.body, accepted(r)
	if len(body) < leastBytes {
		coding = ""
	}
	if coding != "" {
		body = v.in(coding)
		w.Header().Set("Content-Encoding", coding)
	}
	w.Header().Set("Content-Type", v.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

func (v *variants) in(coding string) []byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.encoded[coding] == nil {
		v.encoded[coding] = encode(coding, v.body, quickBrotli, quickGzip)
	}
	return v.encoded[coding]
}

// encode compresses data. Writing to memory does not fail.
func encode(coding string, data []byte, brotliLevel, gzipLevel int) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	if coding == "br" {
		w = brotli.NewWriterLevel(&b, brotliLevel)
	} else {
		w, _ = gzip.NewWriterLevel(&b, gzipLevel)
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// accepted is the best encoding that a client takes: "br", "gzip" or "".
func accepted(r *http.Request) string {
	takes := map[string]bool{}
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q, isQ := strings.CutPrefix(strings.TrimSpace(params), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		takes[strings.ToLower(strings.TrimSpace(name))] = !isQ || err == nil && weight > 0
	}
	for _, coding := range []string{"br", "gzip"} {
		if on, named := takes[coding]; on || !named && takes["*"] {
			return coding
		}
	}
	return ""
}
