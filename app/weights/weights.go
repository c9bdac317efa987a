// Package weights holds the tables and weights that a policy names as models, and
// the one that finds claims, on which no verdict depends, for the server, the
// commands and tests; a browser gets them as assets. They are made by cmd/train;
// MODELS.md tells from what, under which licences, and how well they do.
package weights

import "embed"

//go:embed *.bin
var files embed.FS

// Get is the file of the model of that name, nil if there is none. The bytes
// must not be changed.
func Get(name string) []byte {
	data, err := files.ReadFile(name + ".bin")
	if err != nil {
		return nil
	}
	return data
}
