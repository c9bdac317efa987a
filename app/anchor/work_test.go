package anchor

import (
	"strings"
	"testing"

	"marginalia/app/annotation"
)

// TestWork holds Locate to its bound on hostile input: a fixed number of readings
// of the text and the selectors, and a fixed amount for comparisons. Counted in
// bytes read and cells filled, so that the machine does not matter.
func TestWork(t *testing.T) {
	word := strings.Repeat("word ", 10_000)
	million := strings.Repeat("a ", 500_000)
	sentence := strings.Repeat("The mayor said the ferry would be back by nine. ", 20_000)
	chinese := strings.Repeat("渡轮晚上回来。", 48_000)
	var varied strings.Builder
	for i := range 100_000 {
		varied.WriteString(string(rune('a'+i%26)) + string(rune('a'+i*i%23)) + string(rune('a'+i*7%19)) + " ")
	}
	tests := []struct {
		name, text            string
		prefix, exact, suffix string
		at                    int
	}{
		{"one word, edited", word, "word word ", "word wird word", " word word", 20_000},
		{"one word, all context", word, word[:320], "word", word[:320], 25_000},
		{"one word, long quote", word, "", word[:40_000] + "x" + word[:9_000], "", 0},
		{"one letter", million, strings.Repeat("a ", 32), "a a b a a", strings.Repeat(" a", 32), 400_000},
		{"one letter, no context", million, "", "a a a a b a a a a", "", 400_000},
		{"one letter, whole text as quote", million, "", million + "b", "", 0},
		{"one sentence", sentence, "ferry would be back by nine. ", "The mayor says the ferry would be late by nine.", " The mayor said the ferry", 480_000},
		{"one sentence, long quote", sentence, "by nine. ", strings.Repeat("The mayor says the ferry is late. ", 20_000), " The mayor", 0},
		{"ideographs", chinese, "渡轮晚上回来。", "渡轮早上回来。", "渡轮晚上回来。", 100_000},
		{"words out of order", varied.String(), "aaa bbb ccc ddd", strings.Repeat("abc fgh xyz ", 30_000), "eee fff ggg hhh", 5},
		{"combining marks", strings.Repeat("e\u0301\u0323", 100_000), "x", strings.Repeat("\u0301", 5_000), "y", 50},
		{"spaces", strings.Repeat(" \n", 300_000) + "end", "a b c d e f g h", "one two three", "i j k l m n o p", 7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			selectors := []annotation.Selector{quoteSelector(tt.prefix, tt.exact, tt.suffix), positionSelector(tt.at, tt.at+len(tt.exact))}
			_, work := NewText(tt.text).locate(selectors)
			size := len(tt.text) + len(tt.prefix) + len(tt.exact) + len(tt.suffix)
			if most := workPerByte*size + workFixed; work > most {
				t.Errorf("%d steps for %d bytes, want %d at most", work, size, most)
			}
			t.Logf("%d steps for %d bytes", work, size)
		})
	}
}
