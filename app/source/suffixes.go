package source

import (
	"errors"
	"slices"
	"strings"
)

// The form of the table. After the magic line come the labels of the tree that
// the rules make, read from the right, each before those below it: one byte
// 0x80 | flags | depth (1 for a top level), then the label in ASCII.
const (
	SuffixesMagic = "public suffixes 1\n"

	SuffixRule      = 0x08 // the label ends a public suffix
	SuffixWildcard  = 0x10 // so does every label below it
	SuffixException = 0x20 // but not this one, below a wildcard

	suffixDepth = 0x07
)

// Suffixes is the public suffix list: which names are registered by their
// owners, and which are handed out below a name that many share. A nil
// *Suffixes works by a small rule of its own.
type Suffixes struct {
	data string
	tops map[string]int // where a top level's part of data starts
}

// ParseSuffixes reads a table made by cmd/train.
func ParseSuffixes(data []byte) (*Suffixes, error) {
	rest, ok := strings.CutPrefix(string(data), SuffixesMagic)
	if !ok {
		return nil, errors.New("suffixes: not a table of public suffixes")
	}
	s := &Suffixes{data: rest, tops: map[string]int{}}
	depth := 0
	for at := 0; at < len(rest); {
		node, next := s.node(at)
		if rest[at] < 0x80 || node.depth == 0 || node.depth > depth+1 || node.label == "" {
			return nil, errors.New("suffixes: the table is damaged")
		}
		if depth = node.depth; depth == 1 {
			s.tops[node.label] = at
		}
		at = next
	}
	if len(s.tops) == 0 {
		return nil, errors.New("suffixes: the table is empty")
	}
	return s, nil
}

type suffixNode struct {
	label string
	flags byte
	depth int
}

// node reads the node at a byte and says where the next one starts.
func (s *Suffixes) node(at int) (suffixNode, int) {
	head, end := s.data[at], at+1
	for end < len(s.data) && s.data[end] < 0x80 {
		end++
	}
	return suffixNode{s.data[at+1 : end], head, int(head & suffixDepth)}, end
}

// Registrable returns the part of a host that somebody has registered, in ASCII:
// "bbc.co.uk" of "news.bbc.co.uk". It is empty for an address of figures, a
// single label and a public suffix itself. A name below an unknown top level is
// taken to be registered right there.
func (s *Suffixes) Registrable(host string) string {
	host = asciiHost(host)
	labels := strings.Split(host, ".")
	if !topLevel(labels[len(labels)-1]) && !slices.Contains(reserved, labels[len(labels)-1]) {
		return ""
	}
	shared := 0
	if s == nil {
		shared = guessSuffix(labels)
	} else {
		shared = s.suffix(labels)
	}
	if len(labels) <= shared || slices.Contains(labels, "") {
		return ""
	}
	return strings.Join(labels[len(labels)-shared-1:], ".")
}

// suffix is how many labels the public suffix of a host has.
func (s *Suffixes) suffix(labels []string) int {
	at, ok := s.tops[labels[len(labels)-1]]
	if !ok {
		return 1
	}
	found, depth := 1, 0
	for at < len(s.data) {
		node, next := s.node(at)
		if node.depth <= depth {
			break // nothing more below the label matched last
		}
		if node.depth == depth+1 && depth < len(labels) && node.label == labels[len(labels)-1-depth] {
			depth++
			switch {
			case node.flags&SuffixException != 0:
				return depth - 1
			case node.flags&SuffixWildcard != 0 && depth < len(labels):
				found = depth + 1
			case node.flags&SuffixRule != 0:
				found = depth
			}
		}
		at = next
	}
	return found
}

// seconds are the labels under which countries hand out names of a kind.
var seconds = []string{
	"ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gv", "ltd", "me", "mil", "ne", "net", "nhs", "or", "org", "plc", "police", "sch",
}

// guessSuffix does without the table: a kind before a country is shared.
func guessSuffix(labels []string) int {
	n := len(labels)
	if n >= 3 && len(labels[n-1]) == 2 && slices.Contains(seconds, labels[n-2]) {
		return 2
	}
	return 1
}
