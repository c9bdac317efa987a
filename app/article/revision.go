package article

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	"marginalia/app/textpos"
)

// ErrEmpty is what [NewRevision] returns when no block holds text.
var ErrEmpty = errors.New("article has no text")

// NewRevision makes a revision from blocks as they were read. It copies them in
// canonical form, drops those without text and computes the ID; created does not
// count towards it. An empty language is "en". It returns [ErrEmpty] when no
// block is left, and an error for an empty title, a language that is not a BCP
// 47 tag or a kind it does not know.
func NewRevision(title, language string, blocks []Block, created time.Time) (Revision, error) {
	rev := Revision{Title: Canonical(title), Language: language, Created: created.UTC()}
	if rev.Language == "" {
		rev.Language = "en"
	}
	if !ValidLanguage(rev.Language) {
		return Revision{}, fmt.Errorf("%q is not a language tag", language)
	}
	for i, b := range blocks {
		b.Text = Canonical(b.Text)
		if b.Text == "" {
			continue
		}
		b, err := normal(b)
		if err != nil {
			return Revision{}, fmt.Errorf("block %d: %w", i, err)
		}
		rev.Blocks = append(rev.Blocks, b)
	}
	switch {
	case len(rev.Blocks) == 0:
		return Revision{}, ErrEmpty
	case rev.Title == "":
		return Revision{}, errors.New("article has no title")
	}
	rev.ID = hash(rev)
	return rev, nil
}

// normal gives b only the attributes that its kind has.
func normal(b Block) (Block, error) {
	switch b.Kind {
	case Heading:
		b.Level, b.Ordered = min(max(b.Level, 1), 6), false
	case Item:
		b.Level = max(b.Level, 1)
	case Paragraph, Quotation:
		b.Level, b.Ordered = 0, false
	default:
		return Block{}, fmt.Errorf("unknown kind %q", b.Kind)
	}
	return b, nil
}

// hash names a revision by its content. Every field is preceded by its length,
// so that no two contents are written alike. Changing this renames every
// revision that was ever stored.
func hash(rev Revision) string {
	h := sha256.New()
	field := func(s string) {
		h.Write([]byte(strconv.Itoa(len(s)) + ":" + s + "\n"))
	}
	field(rev.Title)
	field(rev.Language)
	for _, b := range rev.Blocks {
		field(string(b.Kind))
		field(strconv.Itoa(b.Level))
		field(strconv.FormatBool(b.Ordered))
		field(b.Text)
	}
	return "sha256-" + hex.EncodeToString(h.Sum(nil))
}

// Text is the canonical text: the blocks' texts joined by one line feed. It is
// made anew on each call; keep it where it is needed often.
func (rev Revision) Text() string {
	texts := make([]string, len(rev.Blocks))
	for i, b := range rev.Blocks {
		texts[i] = b.Text
	}
	return strings.Join(texts, "\n")
}

// Offsets are the places in the canonical text where each block starts.
func (rev Revision) Offsets() []textpos.Rune {
	offsets := make([]textpos.Rune, len(rev.Blocks))
	var at textpos.Rune
	for i, b := range rev.Blocks {
		offsets[i] = at
		at += textpos.Count(b.Text) + 1
	}
	return offsets
}

// BlockAt is the block that code point r of the canonical text belongs to, and
// r's place within it. The line feed behind a block belongs to that block. What
// is out of range is clamped; a revision without blocks answers 0, 0.
func (rev Revision) BlockAt(r textpos.Rune) (index int, within textpos.Rune) {
	if len(rev.Blocks) == 0 {
		return 0, 0
	}
	offsets := rev.Offsets()
	r = max(r, 0)
	index = max(sort.Search(len(offsets), func(i int) bool { return offsets[i] > r })-1, 0)
	return index, min(r-offsets[index], textpos.Count(rev.Blocks[index].Text))
}

// ValidID reports whether id has the form of a revision's.
func ValidID(id string) bool {
	digits, ok := strings.CutPrefix(id, "sha256-")
	return ok && len(digits) == 2*sha256.Size && strings.Trim(digits, "0123456789abcdef") == ""
}
