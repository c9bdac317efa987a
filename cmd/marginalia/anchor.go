package main

import (
	"encoding/json"
	"errors"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

type anchorCmd struct{}

// anchorLine is a text and the selectors to place in it.
type anchorLine struct {
	ID       json.RawMessage `json:"id"`
	Text     *string         `json:"text"`
	Selector selectors       `json:"selector"`
}

// selectors are one selector or a list.
type selectors []annotation.Selector

// UnmarshalJSON reads an object or a list of them.
func (s *selectors) UnmarshalJSON(data []byte) error {
	var one annotation.Selector
	if json.Unmarshal(data, &one) == nil {
		*s = selectors{one}
		return nil
	}
	return json.Unmarshal(data, (*[]annotation.Selector)(s))
}

type placeLine struct {
	ID         json.RawMessage `json:"id"`
	Start      textpos.Rune    `json:"start"`
	End        textpos.Rune    `json:"end"`
	Status     anchor.Status   `json:"status"`
	Confidence float64         `json:"confidence"`
}

type orphanLine struct {
	ID     json.RawMessage `json:"id"`
	Orphan bool            `json:"orphan"`
}

// Run places each line's selectors.
func (c *anchorCmd) Run(r *run) error {
	p := &placer{}
	return eachLine(r, p.line)
}

// placer keeps the text of the last line: neighbours often share theirs.
type placer struct {
	text string
	last *anchor.Text
}

func (p *placer) line(line []byte) (any, error) {
	var in anchorLine
	if err := decodeLine(line, &in); err != nil {
		return nil, err
	}
	if in.Text == nil {
		return nil, errors.New("text is missing")
	}
	if err := usable(in.Selector); err != nil {
		return nil, err
	}
	if p.last == nil || p.text != *in.Text {
		p.text, p.last = *in.Text, anchor.NewText(*in.Text)
	}
	id := givenID(in.ID)
	a := p.last.Locate(in.Selector)
	if a.Status == anchor.Orphan {
		return orphanLine{id, true}, nil
	}
	return placeLine{id, a.Start, a.End, a.Status, a.Confidence}, nil
}

// usable wants at least one selector that says where: a quote, or a position.
func usable(list []annotation.Selector) error {
	for _, s := range list {
		if s.Type == "TextQuoteSelector" && s.Exact != "" || s.Type == "TextPositionSelector" && s.Start != nil && s.End != nil {
			return nil
		}
	}
	return errors.New("selector has no TextQuoteSelector with exact and no TextPositionSelector with start and end")
}
