package server

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"marginalia/app/replica"
)

const (
	// maxDrain is how much more than its limit of a body is read before it is
	// refused, so that the client gets to see the answer.
	maxDrain = 8 << 20
	// maxCursors is how many articles one request may follow.
	maxCursors = 1000
)

// envelope is a sync request before its changes are looked into: what is wrong
// with one change is that change's outcome only.
type envelope struct {
	cursors map[string]int64
	mine    int64
	changes []json.RawMessage
}

// readEnvelope reads the body of a sync request. Its errors are answers.
func readEnvelope(w http.ResponseWriter, r *http.Request) (envelope, error) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	coding := r.Header.Get("Content-Encoding")
	if err != nil || media != "application/json" || charset != "" && charset != "utf-8" || coding != "" && coding != "gzip" {
		return envelope{}, refuse(http.StatusUnsupportedMediaType, "Send application/json in UTF-8, packed by gzip or not at all.")
	}
	var body io.Reader = http.MaxBytesReader(w, r.Body, replica.MaxRequestBytes+maxDrain)
	if coding == "gzip" {
		unpacked, err := gzip.NewReader(body)
		if err != nil {
			return envelope{}, refuse(http.StatusBadRequest, "The body is not packed by gzip.")
		}
		body = io.LimitReader(unpacked, replica.MaxRequestBytes+maxDrain) // the bounds are those of what is in it
	}
	data, err := io.ReadAll(io.LimitReader(body, replica.MaxRequestBytes+1))
	if err != nil {
		return envelope{}, refuse(http.StatusBadRequest, "The body ended before its announced length, or is broken.")
	}
	if len(data) > replica.MaxRequestBytes {
		io.Copy(io.Discard, body) // whatever comes of it, the answer is the same
		return envelope{}, refuse(http.StatusRequestEntityTooLarge, fmt.Sprintf("A sync request has at most %d bytes. Send fewer changes at once.", replica.MaxRequestBytes))
	}
	e, err := parseEnvelope(data)
	if err != nil {
		return envelope{}, refuse(http.StatusBadRequest, "The request cannot be read: "+err.Error()+".")
	}
	return e, nil
}

func parseEnvelope(data []byte) (envelope, error) {
	var e envelope
	fields, err := object(data, "cursors", "mine", "changes")
	if err != nil {
		return e, err
	}
	if raw, ok := fields["mine"]; ok {
		if e.mine, err = cursor(raw); err != nil {
			return e, fmt.Errorf("mine %w", err)
		}
	}
	if raw, ok := fields["cursors"]; ok && !isNull(raw) {
		if e.cursors, err = readCursors(raw); err != nil {
			return e, fmt.Errorf("cursors: %w", err)
		}
	}
	if raw, ok := fields["changes"]; ok {
		if err := json.Unmarshal(raw, &e.changes); err != nil {
			return e, errors.New("changes is not a list")
		}
	}
	if len(e.changes) > replica.MaxChanges {
		return e, fmt.Errorf("it has %d changes, at most %d are taken at once", len(e.changes), replica.MaxChanges)
	}
	return e, nil
}

func readCursors(raw json.RawMessage) (map[string]int64, error) {
	if !utf8.Valid(raw) {
		return nil, errors.New("not UTF-8")
	}
	list, err := object(raw)
	if err != nil {
		return nil, err
	}
	if len(list) > maxCursors {
		return nil, fmt.Errorf("%d articles, at most %d are answered at once", len(list), maxCursors)
	}
	cursors := make(map[string]int64, len(list))
	for slug, raw := range list {
		if cursors[slug], err = cursor(raw); err != nil {
			return nil, fmt.Errorf("one %w", err)
		}
	}
	return cursors, nil
}

// cursor reads a position in a feed.
func cursor(raw json.RawMessage) (int64, error) {
	var n int64
	if err := json.Unmarshal(raw, &n); err != nil || n < 0 {
		return 0, errors.New("is not a position in a feed")
	}
	return n, nil
}

// object reads one JSON object as its members. Unlike encoding/json it refuses a
// member that comes twice, and tells upper from lower case. With known given it
// refuses all others.
func object(data []byte, known ...string) (map[string]json.RawMessage, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if tok, err := dec.Token(); err != nil || tok != json.Delim('{') {
		return nil, errors.New("it is not a JSON object")
	}
	members := map[string]json.RawMessage{}
	for dec.More() {
		tok, err := dec.Token()
		key, ok := tok.(string)
		if err != nil || !ok {
			return nil, errors.New("it is not JSON")
		}
		if _, twice := members[key]; twice {
			return nil, errors.New("a field is there twice")
		}
		if len(known) > 0 && !slices.Contains(known, key) {
			return nil, &unknownField{key}
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, errors.New("it is not JSON")
		}
		members[key] = raw
	}
	if _, err := dec.Token(); err != nil {
		return nil, errors.New("it is not JSON")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more after its end")
	}
	return members, nil
}

// unknownField is a member that object does not know.
type unknownField struct{ name string }

func (e *unknownField) Error() string { return "it has a field that is not known here" }

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }
