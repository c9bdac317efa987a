package article

// edit replaces a part of a text, counted in bytes.
type edit struct {
	from, to int
	text     string
}

// Merge joins two texts that both began as was, word by word: it has the changes
// of both. ok is false when they changed the same words, or words side by side,
// in different ways; only a person can then say what should stand.
func Merge(was, mine, theirs string) (joined string, ok bool) {
	a, b := editsOf(was, mine), editsOf(was, theirs)
	var out []byte
	at := 0
	apply := func(e edit) {
		out = append(append(out, was[at:e.from]...), e.text...)
		at = e.to
	}
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			apply(a[0])
			a, b = a[1:], b[1:]
		case a[0].to < b[0].from:
			apply(a[0])
			a = a[1:]
		case b[0].to < a[0].from:
			apply(b[0])
			b = b[1:]
		default:
			return "", false
		}
	}
	for _, e := range append(a, b...) {
		apply(e)
	}
	return string(append(out, was[at:]...)), true
}

// editsOf lists what makes now of was, in order, none touching another.
func editsOf(was, now string) []edit {
	var edits []edit
	at := 0
	open := func() *edit {
		if n := len(edits); n > 0 && edits[n-1].to == at {
			return &edits[n-1]
		}
		edits = append(edits, edit{from: at, to: at})
		return &edits[len(edits)-1]
	}
	for _, r := range CompareWords(was, now) {
		switch r.Part {
		case Removed:
			e := open()
			at += len(r.Text)
			e.to = at
		case Added:
			e := open()
			e.text += r.Text
		default:
			at += len(r.Text)
		}
	}
	return edits
}
