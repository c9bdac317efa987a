//go:build !js

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "marginalia: this is the browser program. hint: make build")
	os.Exit(1)
}
