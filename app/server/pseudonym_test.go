package server

import (
	"bytes"
	"testing"
)

func TestPseudonymThatTheRulesLetThrough(t *testing.T) {
	h := openHouse(t)
	first := []byte{0xd6, 0xa0, 0x12, 0x34, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	if h.srv.against("reader-d6a0") == nil {
		t.Fatal("the rules let the first digits through: take others for this test")
	}
	h.srv.random = bytes.NewReader(first)
	reader, err := h.srv.newReader()
	if err != nil || reader.Nickname == "reader-d6a0" || h.srv.against(reader.Nickname) != nil {
		t.Errorf("newReader = %+v, %v, want a name that no rule objects to", reader, err)
	}
}
