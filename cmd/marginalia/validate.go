package main

import (
	"encoding/json"

	"marginalia/app/annotation"
)

type validateCmd struct{}

// validLine is what is said of one document.
type validLine struct {
	Valid    bool                 `json:"valid"`
	Problems []annotation.Problem `json:"problems"`
}

// noDocument is what is said of a line that is no JSON document at all.
type noDocument struct {
	badLine
	validLine
}

// Run judges each line.
func (c *validateCmd) Run(r *run) error {
	return eachLine(r, func(line []byte) (any, error) {
		problems := annotation.Validate(line)
		v := validLine{len(problems) == 0, problems}
		if !json.Valid(line) {
			return noDocument{badLine{lineID(line), "the line is not JSON"}, v}, nil
		}
		return v, nil
	})
}
