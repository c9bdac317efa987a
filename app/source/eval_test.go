package source_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"marginalia/app/source"
	"marginalia/app/weights"
)

// urlCase is one line of testdata/urls.jsonl: an address and what is right to
// say of it.
type urlCase struct {
	Section   string `json:"section"`
	URL       string `json:"url"`
	Complaint string `json:"complaint"` // empty: it can be cited
	Kind      string `json:"kind"`
	Domain    string `json:"domain"`
	Key       string `json:"key"`
	Inner     string `json:"inner"`
	DOI       string `json:"doi"`
	Resembles string `json:"resembles"`
}

func complaint(err error) string {
	for name, target := range map[string]error{
		"empty": source.ErrEmpty, "long": source.ErrLong, "form": source.ErrForm,
		"scheme": source.ErrScheme, "login": source.ErrLogin, "private": source.ErrPrivate,
	} {
		if errors.Is(err, target) {
			return name
		}
	}
	return ""
}

func table(t testing.TB) *source.Suffixes {
	t.Helper()
	s, err := source.ParseSuffixes(weights.Get("suffixes"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestEvalURLs prints how many addresses of each sort are told right, and wants
// all of them.
func TestEvalURLs(t *testing.T) {
	f, err := os.Open("testdata/urls.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := source.Classifier{Suffixes: table(t)}
	type score struct{ n, right int }
	scores, order, all := map[string]*score{}, []string{}, score{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var want urlCase
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.DisallowUnknownFields()
		if err := d.Decode(&want); err != nil {
			t.Fatalf("%s: %v", lines.Bytes(), err)
		}
		got := urlCase{Section: want.Section, URL: want.URL}
		s, err := source.Parse(want.URL)
		if got.Complaint = complaint(err); err == nil {
			class := c.Classify(s)
			got.Kind, got.Domain, got.Key = string(class.Kind), class.Domain, s.Key()
			got.Inner, got.DOI, got.Resembles = class.Inner, class.DOI, class.Resembles
		}
		if scores[want.Section] == nil {
			scores[want.Section] = &score{}
			order = append(order, want.Section)
		}
		scores[want.Section].n++
		all.n++
		if got == want {
			scores[want.Section].right++
			all.right++
		} else {
			t.Errorf("%.80q\n got %+v\nwant %+v", want.URL, got, want)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, section := range order {
		fmt.Fprintf(&b, "\n%-12s %3d of %3d", section, scores[section].right, scores[section].n)
	}
	t.Logf("addresses told right:%s\n%-12s %3d of %3d", b.String(), "all", all.right, all.n)
	if all.n < 300 {
		t.Errorf("%d addresses, want at least 300", all.n)
	}
}
