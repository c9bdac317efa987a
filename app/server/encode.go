package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/bits"
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
	// maxPlain is the largest page that is kept unpacked.
	maxPlain = 256 << 10
)

// variants is a body in the encodings that clients ask for, each made once.
type variants struct {
	contentType string
	size        int // of the body

	mu      sync.Mutex
	body    []byte            // nil when it is kept packed
	encoded map[string][]byte // by coding
}

func newVariants(contentType string, body []byte) *variants {
	return &variants{contentType: contentType, size: len(body), body: body, encoded: map[string][]byte{}}
}

// shrink keeps a large body packed only, which takes a tenth of the memory.
func (v *variants) shrink() {
	if v.size > maxPlain {
		v.in("gzip")
		v.body = nil
	}
}

// kept is about how many bytes v holds when all encodings are made.
func (v *variants) kept() int { return len(v.body) + 2*len(v.in("gzip")) }

// send writes the variant that suits r.
func (v *variants) send(w http.ResponseWriter, r *http.Request, status int) {
	coding := accepted(r)
	if v.size < leastBytes {
		coding = ""
	}
	body := v.in(coding)
	if coding != "" {
		w.Header().Set("Content-Encoding", coding)
	}
	w.Header().Set("Content-Type", v.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// in is the body in a coding; "" is none.
func (v *variants) in(coding string) []byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	if coding == "" {
		return v.plain()
	}
	if v.encoded[coding] == nil {
		v.encoded[coding] = encode(coding, v.plain(), quickBrotli, quickGzip)
	}
	return v.encoded[coding]
}

// plain is the body, unpacked if need be. What encode has packed can be read.
func (v *variants) plain() []byte {
	if v.body != nil || v.size == 0 {
		return v.body
	}
	packed, err := gzip.NewReader(bytes.NewReader(v.encoded["gzip"]))
	if err != nil {
		return nil
	}
	b := bytes.NewBuffer(make([]byte, 0, v.size+bytes.MinRead))
	b.ReadFrom(packed)
	return b.Bytes()
}

// encode compresses data. Writing to memory does not fail.
func encode(coding string, data []byte, brotliLevel, gzipLevel int) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	if coding == "br" {
		w = brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotliLevel, LGWin: window(len(data))})
	} else {
		w, _ = gzip.NewWriterLevel(&b, gzipLevel)
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// window is the binary logarithm of the smallest brotli window that holds n
// bytes. At the best level the usual window takes 32 MB, whatever the input.
func window(n int) int { return max(10, min(bits.Len(uint(n+16)), 22)) }

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
