package linear

import "testing"

func TestExtend(t *testing.T) {
	for n := range len("<word>") {
		text := "<word>"[:n+1]
		h := HashBytes(3, []byte(text[:n]))
		if got, want := Extend(h, text[n]), Hash(3, text); got != want {
			t.Errorf("the hash of %q extended from %q is %x, want %x", text, text[:n], got, want)
		}
	}
}
