package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"marginalia/app/source"
)

// Suffixes writes the public suffix list, both its sections, in the form that
// [source.ParseSuffixes] reads. It takes the rules from the release of
// golang.org/x/net that go.mod names, so that the same commit gives the same file.
func Suffixes(w io.Writer) error {
	rules, err := suffixRules()
	if err != nil {
		return err
	}
	root := &suffixNode{}
	for _, rule := range rules {
		root.add(rule)
	}
	b := bytes.NewBufferString(source.SuffixesMagic)
	root.write(b, 0)
	if _, err := source.ParseSuffixes(b.Bytes()); err != nil {
		return fmt.Errorf("what was made cannot be read: %w", err)
	}
	_, err = b.WriteTo(w)
	return err
}

var quoted = regexp.MustCompile(`"([^"]+)"`)

// suffixRules reads the list's rules from the tests of x/net's package
// publicsuffix: the package itself holds them in a packed form only.
func suffixRules() ([]string, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		return nil, fmt.Errorf("find golang.org/x/net: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "publicsuffix", "table_test.go"))
	if err != nil {
		return nil, err
	}
	_, list, ok := bytes.Cut(text, []byte("var rules = [...]string{"))
	list, _, ended := bytes.Cut(list, []byte("\n}"))
	if !ok || !ended {
		return nil, errors.New("golang.org/x/net has another form: no list of rules")
	}
	var rules []string
	for _, m := range quoted.FindAllSubmatch(list, -1) {
		rules = append(rules, string(m[1]))
	}
	return rules, nil
}

// suffixNode is a label of the tree that the rules make, read from the right.
type suffixNode struct {
	label string
	flags byte
	below []*suffixNode
}

func (n *suffixNode) add(rule string) {
	flag := byte(source.SuffixRule)
	if rest, ok := strings.CutPrefix(rule, "!"); ok {
		rule, flag = rest, source.SuffixException
	}
	if rest, ok := strings.CutPrefix(rule, "*."); ok {
		rule, flag = rest, source.SuffixWildcard
	}
	for _, label := range slices.Backward(strings.Split(rule, ".")) {
		n = n.child(label)
	}
	n.flags |= flag
}

func (n *suffixNode) child(label string) *suffixNode {
	for _, c := range n.below {
		if c.label == label {
			return c
		}
	}
	c := &suffixNode{label: label}
	n.below = append(n.below, c)
	return c
}

// write writes what is below n, labels in alphabetic order.
func (n *suffixNode) write(b *bytes.Buffer, depth byte) {
	slices.SortFunc(n.below, func(a, c *suffixNode) int { return strings.Compare(a.label, c.label) })
	for _, c := range n.below {
		b.WriteByte(0x80 | c.flags | depth + 1)
		b.WriteString(c.label)
		c.write(b, depth+1)
	}
}
