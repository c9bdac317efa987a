package moderation

import (
	"encoding/json"
	"testing"
)

func TestScoreJSON(t *testing.T) {
	for score, want := range map[Score]string{0: "0.0000", 1: "0.0001", 6213: "0.6213", 5000: "0.5000", 10000: "1.0000"} {
		got, err := json.Marshal(score)
		if err != nil || string(got) != want {
			t.Errorf("Marshal(%d) = %s, %v, want %s", int(score), got, err, want)
		}
		var back Score
		if err := json.Unmarshal(got, &back); err != nil || back != score {
			t.Errorf("Unmarshal(%s) = %d, %v, want %d", got, int(back), err, int(score))
		}
	}
	for in, want := range map[string]Score{"0": 0, "1": 10000, "0.5": 5000, "0.12": 1200, "1.0": 10000} {
		var got Score
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("Unmarshal(%s) = %d, %v, want %d", in, int(got), err, int(want))
		}
	}
	for _, in := range []string{"-0.1", "1.1", "1.0001", "2", "0.12345", "5e-1", `"0.5"`, "true", "{}"} {
		var got Score
		if err := json.Unmarshal([]byte(in), &got); err == nil {
			t.Errorf("Unmarshal(%s) = %d, want an error", in, int(got))
		}
	}
	if _, err := json.Marshal(Score(10001)); err == nil {
		t.Error("Marshal(10001) gives no error")
	}
}
