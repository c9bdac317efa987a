package chaos

// basis is what the reader knew who made a change.
type basis struct {
	devices map[string]bool
	seen    map[string]bool // texts
}

// sight is a note as one device shows it.
type sight struct{ device, note string }

// wrote records that on a device a note is given a text, or deleted, which goes by
// the note's id, in sight of some texts of it.
func (l *Ledger) wrote(what, device, note string, inSight ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := sight{device, note}
	l.seen[at] = append(l.seen[at], inSight...)
	b, ok := l.basis[what]
	if !ok {
		b = basis{map[string]bool{}, map[string]bool{}}
		l.basis[what] = b
	}
	b.devices[device] = true
	for _, text := range l.seen[at] {
		b.seen[text] = true
	}
}

// overwrote checks that whoever made a change knew the words that it replaced: had
// them in sight, or wrote them on the same device.
func (l *Ledger) overwrote(n *known, what string) {
	if n.text == "" || l.basis[what].seen[n.text] {
		return
	}
	for device := range l.basis[n.text].devices {
		if l.basis[what].devices[device] {
			return
		}
	}
	l.breaks("note %s: %q was replaced, unseen, by %q", n.id, n.text, what)
}
