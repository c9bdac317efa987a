//go:build js && wasm

package browser

import (
	"fmt"
	"math"
	"strings"
	"syscall/js"
)

// Paint paints each group of ranges in place of what was painted under its name,
// without touching the document's tree; groups not named stay. The ranges are
// remembered: [PlaceNotes] puts each note beside its own. A range whose block or
// offsets are not on the page is left out. Where the browser lacks the API
// nothing is painted and notes are placed all the same. See
// https://developer.mozilla.org/docs/Web/API/CSS_Custom_Highlight_API
func Paint(groups []Group) error {
	names, priorities := []any{}, []any{}
	var ids []string
	var numbers []byte
	for i, g := range groups {
		names, priorities = append(names, g.Name), append(priorities, g.Priority)
		for _, r := range g.Ranges {
			ids = append(ids, r.ID)
			numbers = appendInts(numbers, i, r.From.Block, int(r.From.Offset), r.To.Block, int(r.To.Offset))
		}
	}
	if _, err := dom("paint", names, priorities, strings.Join(ids, "\n"), toJS(numbers)); err != nil {
		return fmt.Errorf("paint: %w", err)
	}
	return nil
}

// PlaceNotes puts the notes of the margin, their marks and the open form beside
// their claims: one measurement, [Place], one change. The form, or else
// the note named open, stands level with its claim. On a narrow screen, where
// notes stand in the flow or in the sheet, it does nothing. Where the margin shows
// some notes of many, the first one in sight stays where it is, unless the open one
// is another than before. Call it after each drawing that may have changed a note.
func PlaceNotes(open string) error {
	rows, head, wide, err := measure(open)
	if err != nil || !wide {
		return err
	}
	placed := Place(rows, head+NoteGap, NoteGap)
	ids := make([]string, len(placed))
	var numbers []byte
	bottom := 0.0
	for i, p := range placed {
		ids[i] = p.ID
		numbers = appendFloats(numbers, p.Y, p.Mark, p.Pushed)
		bottom = max(bottom, p.Y+p.High)
	}
	if _, err := dom("apply", strings.Join(ids, "\n"), toJS(appendFloats(numbers, bottom))); err != nil {
		return fmt.Errorf("place notes: %w", err)
	}
	return nil
}

// measure returns the rows of the margin and where its head ends.
func measure(open string) (rows []Row, head float64, wide bool, err error) {
	v, err := dom("measure", open)
	if err != nil {
		return nil, 0, false, fmt.Errorf("measure notes: %w", err)
	}
	if !v.Truthy() {
		return nil, 0, false, nil
	}
	numbers := floats(fromJS(v.Index(1)))
	head = numbers[0]
	ids := strings.Split(v.Index(0).String(), "\n")
	writing := false
	for i := range v.Index(2).Int() {
		want, high := numbers[1+2*i], numbers[2+2*i]
		if math.IsNaN(want) { // it has no claim: it stands at the top
			want = head + NoteGap
		}
		writing = writing || ids[i] == ""
		rows = append(rows, Row{ID: ids[i], Want: want, High: high})
	}
	for i := range rows {
		// The form has no id: it is the note being written.
		rows[i].Open = writing && rows[i].ID == "" || !writing && rows[i].ID == open
	}
	last := numbers[len(numbers)-4:]
	if still := int(last[0]); still >= 0 {
		for i := range rows {
			rows[i].Open = i == still
		}
		r := &rows[still]
		r.Stays, r.At, r.AtMark, r.Amid = true, last[1], last[2], last[3] > 0
	}
	return rows, head, true, nil
}

func toJS(b []byte) js.Value {
	v := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(v, b)
	return v
}

func fromJS(v js.Value) []byte {
	b := make([]byte, v.Length())
	js.CopyBytesToGo(b, v)
	return b
}
