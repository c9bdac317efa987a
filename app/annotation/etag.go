package annotation

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
)

// ETag names the state of an annotation in its bare form, for If-Match: a hash
// over motivation, body and target as they are, 24 characters of base64url,
// without quotes. The same words on the same place have the same etag whatever
// the id, the creator and the times; a changed nickname or a new anchor in a
// later revision does not change it, because neither is part of these three.
//
// The target counts as it is stored: take the etag after the server has set the
// words of its selectors, not before.
func ETag(a Annotation) string {
	if a.Body == nil {
		a.Body = []Body{} // none is none, however it came about
	}
	if len(a.Target.Selector) == 0 {
		a.Target.Selector = nil
	}
	// Encoding cannot fail: the three hold strings and integers only.
	data, _ := json.Marshal(struct {
		Motivation string `json:"motivation"`
		Body       []Body `json:"body"`
		Target     Target `json:"target"`
	}{a.Motivation, a.Body, a.Target})
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}
