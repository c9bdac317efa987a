package replica_test

import (
	"errors"
	"strings"
	"testing"

	"marginalia/app/replica"
)

// versions is what a note shows of a conflict: "was 'one' aside mine 'two'".
func versions(n replica.Note) string {
	var parts []string
	if n.Was != nil {
		parts = append(parts, "was '"+n.Was.Text()+"'")
	}
	for _, v := range n.Aside {
		whose := "mine"
		if v.Theirs {
			whose = "theirs"
		}
		parts = append(parts, "aside "+whose+" '"+v.Annotation.Text()+"'")
	}
	return strings.Join(parts, " ")
}

func takes(d *device, id string) {
	d.t.Helper()
	if err := d.TakeTheirs(d.t.Context(), id); err != nil {
		d.t.Fatalf("TakeTheirs: %v", err)
	}
}

// TestConflict: two devices change a note; its author settles it, and no text is
// lost.
func TestConflict(t *testing.T) {
	cases := []struct {
		name   string
		behind func(s *server, id string)
		mine   func(d *device, id string)
		clash  string // the note in conflict
		was    string
		settle func(d *device, id string)
		note   string // afterwards
		aside  string
		server string
	}{
		{
			"keep mine", elsewhere("three"), edits("two"),
			"conflict 'two' public 'three' theirs published 'three'", "was 'one'", edits("two"),
			"published 'two'", "aside theirs 'three'", "published 'two'",
		},
		{
			"take theirs", elsewhere("three"), edits("two"),
			"conflict 'two' public 'three' theirs published 'three'", "was 'one'", takes,
			"published 'three'", "aside mine 'two'", "published 'three'",
		},
		{
			"join both", elsewhere("three"), edits("two"),
			"conflict 'two' public 'three' theirs published 'three'", "was 'one'", edits("two and three"),
			"published 'two and three'", "aside mine 'two' aside theirs 'three'", "published 'two and three'",
		},
		{
			"take theirs, which is held", elsewhere("hold three"), edits("two"),
			"conflict 'two' public 'one' theirs held 'hold three'", "was 'one'", takes,
			"held 'hold three' public 'one'", "aside mine 'two'", "held 'hold three'",
		},
		{
			"take theirs, which is rejected", elsewhere("reject three"), edits("two"),
			"conflict 'two' public 'one' theirs rejected 'reject three'", "was 'one'", takes,
			"rejected 'reject three' public 'one'", "aside mine 'two'", "rejected 'reject three'",
		},
		{
			"keep mine, and meet another change", elsewhere("three"), edits("two"),
			"conflict 'two' public 'three' theirs published 'three'", "was 'one'",
			func(d *device, id string) { elsewhere("four")(d.wire.server, id); edits("two")(d, id) },
			"conflict 'two' public 'four' theirs published 'four'", "was 'three' aside theirs 'three'", "published 'four'",
		},
		{
			"deleted elsewhere, and let go", gone, edits("two"),
			"conflict 'two' theirs deleted", "was 'one'", takes,
			"deleted 'two'", "", "deleted 'one'",
		},
		{
			"deleted here, and changed elsewhere", elsewhere("three"), deletes,
			"conflict 'one' public 'three' theirs published 'three'", "", takes,
			"published 'three'", "aside mine 'one'", "published 'three'",
		},
		{
			"deleted here all the same", elsewhere("three"), deletes,
			"conflict 'one' public 'three' theirs published 'three'", "", deletes,
			"deleted 'one'", "", "deleted 'three'",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			d := newDevice(t, s, "ada")
			n := d.post("one")
			d.round()
			c.behind(s, n.ID)
			c.mine(d, n.ID)
			d.wantNote(n.ID, c.clash)
			if got := versions(d.note(n.ID)); got != c.was {
				t.Errorf("versions are %q, want %q", got, c.was)
			}
			c.settle(d, n.ID)
			for range 2 { // a round changes nothing any more
				d.wantNote(n.ID, c.note)
				if got := versions(d.note(n.ID)); got != c.aside {
					t.Errorf("versions afterwards are %q, want %q", got, c.aside)
				}
				d.wantPending(0)
				d.round()
			}
			wantServer(t, s, n.ID, c.server)
		})
	}
}

func TestTakeTheirsNeedsAConflict(t *testing.T) {
	d := newDevice(t, newServer(t), "ada")
	n := d.post("one")
	if err := d.TakeTheirs(t.Context(), n.ID); !errors.Is(err, replica.ErrNoConflict) {
		t.Errorf("TakeTheirs of a queued note = %v, want ErrNoConflict", err)
	}
	if err := d.TakeTheirs(t.Context(), d.mint.id()); !errors.Is(err, replica.ErrNotFound) {
		t.Errorf("TakeTheirs of no note = %v, want ErrNotFound", err)
	}
}

// TestWas: the version from which an edit began, whatever went on meanwhile.
func TestWas(t *testing.T) {
	cases := []struct {
		name string
		do   func(s *server, d *device, id string)
		want string
	}{
		{"before it is sent", func(_ *server, d *device, id string) { d.edit(id, "two"); d.edit(id, "three") }, "was 'one'"},
		{"acknowledged", func(_ *server, d *device, id string) { edits("two")(d, id) }, ""},
		{"on top of words in flight", func(s *server, d *device, id string) {
			d.edit(id, "two")
			d.wire.during = func() {
				d.wire.during = nil
				d.edit(id, "three")
				elsewhere("four")(s, id)
			}
			d.round()
		}, "was 'two'"},
		{"the form was opened before another device's version came", func(s *server, d *device, id string) {
			n := d.note(id)
			form := n.Form()
			form.Text = "two"
			elsewhere("three")(s, id)
			d.round()
			d.write(form)
			d.round()
		}, "was 'one'"},
		{"not taken, and changed", func(_ *server, d *device, id string) { edits("bad two", "bad three")(d, id) }, "was 'one'"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			d := newDevice(t, s, "ada")
			n := d.post("one")
			d.round()
			c.do(s, d, n.ID)
			if got := versions(d.note(n.ID)); got != c.want {
				t.Errorf("versions are %q, want %q; the note is %s", got, c.want, sight(d.note(n.ID)))
			}
		})
	}
}

// TestPostedAnew: what cannot go out as it is can go out as another note, and
// until then its words stay.
func TestPostedAnew(t *testing.T) {
	cases := []struct {
		name  string
		make  func(s *server, d *device) (id string)
		stuck string
	}{
		{"an edit of a note that was deleted elsewhere", func(s *server, d *device) string {
			n := d.post("one")
			d.round()
			gone(s, n.ID)
			edits("two")(d, n.ID)
			return n.ID
		}, "conflict 'two' theirs deleted"},
		{"a reply to a note that was deleted", func(s *server, d *device) string {
			n := d.post("one")
			d.round()
			reply := d.draft("two")
			reply.Kind, reply.ReplyTo, reply.Stance, reply.Span = replica.ReplyTo, n.ID, "", nil
			gone(s, n.ID)
			d.write(reply)
			d.round()
			return reply.ID
		}, "rejected 'two' !/annotation/target/source"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			d := newDevice(t, s, "ada")
			id := c.make(s, d)
			d.round()
			d.wantNote(id, c.stuck)
			d.wantPending(0)
			form := d.draft("two")
			form.Instead = id
			n := d.write(form)
			d.round()
			d.wantNote(n.ID, "published 'two'")
			d.wantNote(id, "deleted 'two'")
			wantServer(t, s, n.ID, "published 'two'")
			d.wantPending(0)
		})
	}
	t.Run("not in place of a note that stands", func(t *testing.T) {
		s := newServer(t)
		d := newDevice(t, s, "ada")
		n := d.post("one")
		d.round()
		form := d.draft("two")
		form.Instead = n.ID
		d.write(form)
		d.wantNote(n.ID, "published 'one'")
	})
}

// TestWithdrawnArticle: the server does not have the article, or no longer. The
// note stays with its author; others go out all the same.
func TestWithdrawnArticle(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s, "ada")
	lost := d.draft("one")
	lost.Article = "withdrawn"
	d.write(lost)
	n := d.post("two")
	d.round()
	d.wantNote(lost.ID, "rejected 'one' !/article", "queued sending rejected")
	d.wantNote(n.ID, "published 'two'")
	d.wantPending(0)
	d.round()
	d.wantNote(lost.ID, "rejected 'one' !/article")
}
