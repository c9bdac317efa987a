package message

import "testing"

func TestEnglish(t *testing.T) { t.Log(English().Waiting.N(3)) }
