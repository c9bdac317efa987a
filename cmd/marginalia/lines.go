package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxLine is the longest line that is read.
const maxLine = 16 << 20

const byteOrderMark = "\ufeff"

var errLongLine = fmt.Errorf("line is longer than %d bytes", maxLine)

// badLine is the answer to a line that cannot be answered.
type badLine struct {
	ID    json.RawMessage `json:"id"`
	Error string          `json:"error"`
}

// eachLine answers every line of standard input with one line of JSON, in order.
// What is wrong with a line is its answer; the error is of reading or writing.
func eachLine(r *run, answer func(line []byte) (any, error)) error {
	in := bufio.NewReaderSize(r.stdin, 64<<10)
	if mark, err := in.Peek(len(byteOrderMark)); err == nil && string(mark) == byteOrderMark {
		in.Discard(len(mark)) // some editors begin every file with one
	}
	out := bufio.NewWriter(r.stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		line, err := readLine(in)
		if errors.Is(err, io.EOF) {
			return out.Flush()
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return fmt.Errorf("standard input: %w", err)
		}
		var v any
		if err == nil {
			v, err = answer(line)
		}
		if err != nil {
			v = badLine{lineID(line), err.Error()}
		}
		if err := enc.Encode(v); err != nil {
			return fmt.Errorf("standard output: %w", err)
		}
		if in.Buffered() == 0 { // whoever writes line by line waits for the answer
			if err := out.Flush(); err != nil {
				return fmt.Errorf("standard output: %w", err)
			}
		}
	}
}

// readLine reads a line without its end. The last one may lack a line break. Of
// a line that is too long the start is returned, with errLongLine.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	var long bool
	for {
		part, err := in.ReadSlice('\n')
		if room := maxLine + 2 - len(line); len(part) > room {
			part, long = part[:room], true
		}
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if long || len(line) > maxLine {
			return line, errLongLine
		}
		return line, nil
	}
}

// lineID is the id of a line as it was given, "" when there is none to be read.
func lineID(line []byte) json.RawMessage {
	var v struct {
		ID json.RawMessage `json:"id"`
	}
	if len(line) > maxLine || json.Unmarshal(line, &v) != nil {
		return json.RawMessage(`""`)
	}
	return givenID(v.ID)
}

// givenID is an id as it was given; none is "".
func givenID(id json.RawMessage) json.RawMessage {
	if id == nil {
		return json.RawMessage(`""`)
	}
	return id
}

// lineError is what a type that reads itself finds wrong with its part of a line.
type lineError string

func (e lineError) Error() string { return string(e) }

// decodeLine reads a line as one JSON object. Bytes that are not UTF-8 would be
// judged as other words than were given.
func decodeLine(line []byte, into any) error {
	line = bytes.TrimSpace(line)
	switch {
	case len(line) == 0:
		return errors.New("the line is empty")
	case !utf8.Valid(line):
		return errors.New("the line is not UTF-8")
	}
	err := json.Unmarshal(line, into)
	var wrong *json.UnmarshalTypeError
	var own lineError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &wrong) && wrong.Field != "":
		return fmt.Errorf("%s: a %s cannot stand here", wrong.Field, wrong.Value)
	case errors.As(err, &wrong) || err == nil && line[0] != '{':
		return errors.New("the line is not a JSON object")
	case err != nil:
		return fmt.Errorf("the line is not a JSON object: %w", err)
	}
	return nil
}
