package annotation

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// parse reads one JSON document as a tree of map[string]any, []any, string,
// json.Number, bool and nil. Unlike package encoding/json it refuses what would
// be changed or lost without a word: a key that comes twice, bytes that are not
// UTF-8, half a surrogate pair. Nesting is bounded by package encoding/json.
func parse(data []byte) (any, *FieldError) {
	if !utf8.Valid(data) {
		return nil, &FieldError{Detail: "is not UTF-8"}
	}
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, &FieldError{Detail: "is not JSON: " + err.Error()}
	}
	if loneSurrogate(data) {
		return nil, &FieldError{Detail: "has half of a surrogate pair as an escape"}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return tree(dec, nil)
}

// tree reads the next value. The document is known to be well-formed.
func tree(dec *json.Decoder, path []string) (any, *FieldError) {
	tok, err := dec.Token()
	if err != nil {
		return nil, &FieldError{pointer(path), "is not JSON: " + err.Error()}
	}
	switch tok {
	case json.Delim('{'):
		return members(dec, path)
	case json.Delim('['):
		return elements(dec, path)
	}
	return tok, nil
}

func members(dec *json.Decoder, path []string) (any, *FieldError) {
	m := map[string]any{}
	for dec.More() {
		tok, err := dec.Token()
		key, ok := tok.(string)
		if err != nil || !ok {
			return nil, &FieldError{pointer(path), "is not JSON"}
		}
		at := append(path, key)
		if _, twice := m[key]; twice {
			return nil, &FieldError{pointer(at), "is there twice"}
		}
		v, fault := tree(dec, at)
		if fault != nil {
			return nil, fault
		}
		m[key] = v
	}
	_, err := dec.Token() // the closing brace
	if err != nil {
		return nil, &FieldError{pointer(path), "is not JSON: " + err.Error()}
	}
	return m, nil
}

func elements(dec *json.Decoder, path []string) (any, *FieldError) {
	list := []any{}
	for dec.More() {
		v, fault := tree(dec, append(path, strconv.Itoa(len(list))))
		if fault != nil {
			return nil, fault
		}
		list = append(list, v)
	}
	_, err := dec.Token() // the closing bracket
	if err != nil {
		return nil, &FieldError{pointer(path), "is not JSON: " + err.Error()}
	}
	return list, nil
}

// loneSurrogate reports whether a \u escape of well-formed JSON is half a
// surrogate pair, which no UTF-8 can hold.
func loneSurrogate(data []byte) bool {
	for {
		i := bytes.IndexByte(data, '\\')
		if i < 0 {
			return false
		}
		data = data[i:]
		unit, ok := escapedUnit(data)
		if !ok { // another escape, such as \n or \\
			data = data[2:]
			continue
		}
		data = data[6:]
		switch {
		case unit>>10 == 0xd800>>10: // high: the low half must follow
			low, ok := escapedUnit(data)
			if !ok || low>>10 != 0xdc00>>10 {
				return true
			}
			data = data[6:]
		case unit>>10 == 0xdc00>>10:
			return true
		}
	}
}

// escapedUnit reads the \uXXXX that data starts with.
func escapedUnit(data []byte) (uint64, bool) {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	return unit, err == nil
}
