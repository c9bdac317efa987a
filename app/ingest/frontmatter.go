package ingest

import (
	"fmt"
	"slices"
	"strings"

	"marginalia/app/article"
)

// frontMatter reads the lines between "---" on the first line and the next
// "---" (or "...") and returns what is behind them. Of YAML it knows "key: value"
// with a plain or quoted value, and of keys title and language (or lang); others
// are passed over, with the indented lines and lists that belong to them.
func frontMatter(name, text string) (d draft, rest string, err error) {
	lines := strings.SplitAfter(text, "\n")
	if trimmed(lines[0]) != "---" {
		return draft{}, text, nil
	}
	end := slices.IndexFunc(lines[1:], func(line string) bool { return trimmed(line) == "---" || trimmed(line) == "..." }) + 1
	if end == 0 {
		return draft{}, "", &Error{
			File: name, Line: 1, Detail: "the front matter that starts here has no end",
			Hint: `Close it with a line "---", or remove this one.`,
		}
	}
	for i, line := range lines[1:end] {
		if err := d.set(trimmed(line)); err != nil {
			return draft{}, "", &Error{
				File: name, Line: i + 2, Detail: err.Error(),
				Hint: `Front matter is lines like "title: The river" between two lines "---".`,
			}
		}
	}
	return d, strings.Join(lines[end+1:], ""), nil
}

// trimmed is line without its end.
func trimmed(line string) string { return strings.TrimRight(line, " \t\n") }

// set takes over one line of front matter.
func (d *draft) set(line string) error {
	if line == "" || strings.ContainsRune("#- \t", rune(line[0])) {
		return nil
	}
	key, value, found := strings.Cut(line, ":")
	if !found {
		return fmt.Errorf("%q is not a line of front matter", line)
	}
	key = strings.ToLower(strings.TrimSpace(key))
	if key != "title" && key != "language" && key != "lang" {
		return nil
	}
	value, err := unquote(strings.TrimSpace(value))
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	if key == "title" {
		d.title = article.Canonical(value)
		return nil
	}
	if !article.ValidLanguage(value) {
		return fmt.Errorf("%q is not a language tag like \"en\" or \"pt-BR\"", value)
	}
	d.language = value
	return nil
}

// unquote takes a value out of its quotation marks, if it has any.
func unquote(value string) (string, error) {
	if value == "" || value[0] != '"' && value[0] != '\'' {
		plain, _, _ := strings.Cut(value, " #") // a comment
		return strings.TrimSpace(plain), nil
	}
	mark := value[:1]
	if len(value) < 2 || !strings.HasSuffix(value, mark) {
		return "", fmt.Errorf("the value %s lacks its closing quotation mark", value)
	}
	value = value[1 : len(value)-1]
	if mark == "'" {
		return strings.ReplaceAll(value, "''", "'"), nil
	}
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(value), nil
}
