package ingest

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

const encodingHint = "Save the file as UTF-8 text and import it again."

// decode checks that data is UTF-8 text of a bearable size and returns it
// without a byte order mark and with line feeds for line ends.
func decode(name string, data []byte) (string, error) {
	refuse := func(at int, detail, hint string) error {
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		return &Error{File: name, Line: line, Detail: detail, Hint: hint}
	}
	if len(data) > MaxBytes {
		hint := "Split the text into several articles."
		return "", refuse(0, fmt.Sprintf("the file has more than the %d bytes that are read", MaxBytes), hint)
	}
	if looksUTF16(data) {
		return "", refuse(0, "the file is UTF-16, not UTF-8", encodingHint)
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return "", refuse(at, "a NUL byte: this is not a text file", "Export the article as plain text or Markdown.")
	}
	if at := invalidAt(data); at >= 0 {
		return "", refuse(at, fmt.Sprintf("byte 0x%02x is not valid UTF-8", data[at]), encodingHint)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return "", refuse(0, "the file is empty", "Write at least one paragraph.")
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return string(bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))), nil
}

// looksUTF16 recognises a byte order mark, or every other byte of the beginning
// being NUL, as in UTF-16 text of a European language.
func looksUTF16(data []byte) bool {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return true
	}
	head := data[:min(len(data), 200)&^1]
	var nul [2]int
	for i, b := range head {
		if b == 0 {
			nul[i%2]++
		}
	}
	least := len(head) * 2 / 5
	return least > 0 && (nul[0] >= least && nul[1] == 0 || nul[1] >= least && nul[0] == 0)
}

// invalidAt is the offset of the first byte that is not UTF-8, or -1.
func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
