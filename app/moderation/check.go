package moderation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// maxFindings is how many findings one rule may have in one field. A text that
// is one long insult is explained well enough by the first of them.
const maxFindings = 20

// maxHits is how many hits of one kind in one field are weighed against each
// other: enough that a note of any sense keeps all of them, few enough that a
// text of any length is judged in time that grows with its length alone.
const maxHits = 250

// Check judges n by p. The verdict depends on its arguments alone.
//
// A nil policy holds the note, and so does a text that is far too long to be
// read to its end, whatever the policy says of lengths. A family of rules that fails holds it too; its
// id is then in Without and what the others found stands. A model that is not
// loaded decides nothing: Without names it when it could have.
func Check(p *Policy, n Note, s Subject) Verdict {
	return check(p, n, s, families())
}

func check(p *Policy, n Note, s Subject, list []family) Verdict {
	v := Verdict{Decision: Hold, Scores: Scores{Topic: one / 2}, Findings: []Finding{}}
	if p == nil || p.rules == nil {
		return v
	}
	j := newJob(p, n, s)
	defer j.lend.done() // findings hold no part of what was lent
	for _, f := range list {
		if !j.try(f.run) {
			v.Without = append(v.Without, f.id)
		}
	}
	v.Policy = p.hash
	v.Scores = j.scores
	v.Findings = j.finish()
	v.Decision = Publish
	if len(v.Findings) > 0 {
		v.Decision = v.Findings[0].Severity.decision()
	}
	if v.Decision == Publish && (len(v.Without) > 0 || j.unread()) {
		v.Decision = Hold
	}
	for _, name := range j.without() {
		if !slices.Contains(v.Without, name) { // a family that failed may have its name
			v.Without = append(v.Without, name)
		}
	}
	return v
}

// job is one check under way.
type job struct {
	p       *Policy
	note    Note
	subject Subject
	fields  []*field // text first, then the passages, then the nickname
	scores  Scores
	hits    []hit
	tokens  []token // of the text without its links
	cited   bool    // a source can be followed
	guess   guess   // of the text's language
	lang    string  // the note's language by its common words; empty when unsure
	lend    *arenas
}

// hit is a finding before it is put into words.
type hit struct {
	rule, kase string
	field      string
	start, end int
	limit      Severity // the heaviest that it may be; empty for what the policy says
	n, max     int
	host       string // what an address looks like
	language   string // what the text is in
	quote      string
}

func newJob(p *Policy, n Note, s Subject) *job {
	j := &job{p: p, note: n, subject: s, scores: Scores{Topic: one / 2}, lend: arenaPool.Get().(*arenas)}
	text := newFieldOf(j.lend, "text", n.Text)
	j.fields = append(j.fields, text)
	j.tokens = slices.AppendSeq(j.lend.tokens.take(len(text.plain)/5+1), tokens(string(text.plain)))
	j.tongue(text)
	for i, src := range n.Sources {
		if src.Passage != "" {
			j.fields = append(j.fields, newFieldOf(j.lend, sourceField(i, "passage"), src.Passage))
		}
	}
	if n.Nickname != "" {
		j.fields = append(j.fields, newFieldOf(j.lend, "nickname", n.Nickname))
	}
	return j
}

func sourceField(i int, part string) string { return "sources/" + strconv.Itoa(i) + "/" + part }

// unread reports whether a field has more than the rules read.
func (j *job) unread() bool {
	return slices.ContainsFunc(j.fields, func(f *field) bool { return len(f.plain) < len(f.runes) })
}

// try runs one family and reports whether it came to its end.
func (j *job) try(run func(*job)) (ok bool) {
	defer func() {
		// Whatever went wrong in a rule, the note must reach a moderator.
		if recover() != nil {
			ok = false
		}
	}()
	run(j)
	return true
}

// mark notes a hit on the code points [start, end) of f.
func (j *job) mark(f *field, h hit, start, end int) {
	h.field, h.start, h.end = f.name, start, end
	h.quote = string(f.runes[start:end])
	j.add(h)
}

// add notes a hit, unless its rule is off.
func (j *job) add(h hit) {
	if !j.p.rules[h.rule].Off {
		j.hits = append(j.hits, h)
	}
}

// finish puts the hits into words and order.
func (j *job) finish() []Finding {
	found := make([]Finding, 0, len(j.hits))
	count := map[[2]string]int{}
	for _, h := range j.merged() {
		key := [2]string{h.rule, h.field}
		if count[key]++; count[key] > maxFindings {
			continue
		}
		found = append(found, j.word(h))
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(
			b.Severity.weight()-a.Severity.weight(),
			compareFields(a.Field, b.Field),
			a.Start-b.Start,
			a.End-b.End,
			strings.Compare(a.Rule, b.Rule),
		)
	})
	return found
}

// merged joins hits of one rule that overlap, by place.
func (j *job) merged() []hit {
	slices.SortStableFunc(j.hits, func(a, b hit) int {
		return cmp.Or(strings.Compare(a.rule, b.rule), compareFields(a.field, b.field), a.start-b.start, b.end-a.end)
	})
	var list []hit
	for _, h := range j.hits {
		if len(list) > 0 {
			last := &list[len(list)-1]
			if last.rule == h.rule && last.field == h.field && h.start < last.end {
				j.join(last, h)
				continue
			}
		}
		list = append(list, h)
	}
	return list
}

// join widens into over h and keeps the heavier of the two limits.
func (j *job) join(into *hit, h hit) {
	rule := j.p.rules[h.rule]
	if rule.Severity.lighter(h.limit).weight() > rule.Severity.lighter(into.limit).weight() {
		into.limit = h.limit
	}
	if h.end <= into.end {
		return
	}
	into.end = h.end
	for _, f := range j.fields {
		if f.name == into.field {
			into.quote = string(f.runes[into.start:into.end])
		}
	}
}

func (j *job) word(h hit) Finding {
	text := j.p.doc.Rules[h.rule]
	why, fix := text.Why, text.Fix
	if c, ok := text.Cases[h.kase]; ok {
		why, fix = c.Why, c.Fix
	}
	if strings.Contains(why, "{") || strings.Contains(fix, "{") {
		fill := strings.NewReplacer("{n}", grouped(h.n), "{max}", grouped(h.max), "{host}", h.host, "{language}", h.language)
		why, fix = fill.Replace(why), fill.Replace(fix)
	}
	return Finding{
		Rule:     h.rule,
		Severity: text.Severity.lighter(h.limit),
		Field:    h.field,
		Start:    h.start,
		End:      h.end,
		Quote:    h.quote,
		Why:      why,
		Fix:      fix,
	}
}

// grouped is n with a comma between thousands.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	tail := strconv.Itoa(1000 + n%1000)
	return grouped(n/1000) + "," + tail[1:]
}

// compareFields orders fields as they stand in the form: text, sources by
// number with the address before its passage, nickname.
func compareFields(a, b string) int {
	if a == b {
		return 0
	}
	return cmp.Compare(fieldRank(a), fieldRank(b))
}

func fieldRank(name string) int {
	rest, ok := strings.CutPrefix(name, "sources/")
	switch {
	case name == "text":
		return -1
	case !ok:
		return int(^uint(0) >> 1)
	}
	number, part, _ := strings.Cut(rest, "/")
	n, _ := strconv.Atoi(number)
	if part == "passage" {
		return 2*n + 1
	}
	return 2 * n
}
