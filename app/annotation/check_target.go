package annotation

import "strconv"

// checkTarget wants a reply on a note and anything else on an article or a part
// of it.
func checkTarget(a Annotation) error {
	t := a.Target
	if a.Motivation == replying {
		switch {
		case !ValidID(t.Source):
			return fault("/target/source", "must be the id of the note that this answers")
		case t.Source == a.ID:
			return fault("/target/source", "is the reply itself")
		case len(t.Selector) > 0:
			return fault("/target/selector", "must be absent: a reply answers the whole note")
		}
	} else if !validSlug(t.Source) || isUUID(t.Source) {
		return fault("/target/source", "must be the slug of an article")
	}
	if err := checkState(t.State); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, s := range t.Selector {
		at := "/target/selector/" + strconv.Itoa(i)
		if seen[s.Type] {
			return fault(at+"/type", "is there twice")
		}
		seen[s.Type] = true
		if err := checkSelector(at, s); err != nil {
			return err
		}
	}
	return nil
}

func checkState(s *State) error {
	switch {
	case s == nil:
		return nil
	case s.Type != typeTime:
		return fault("/target/state/type", "must be "+typeTime)
	case s.SourceDate != "" && !utcTime(s.SourceDate):
		return fault("/target/state/sourceDate", notUTC)
	case s.Cached != "" && !validRevision(s.Cached):
		return fault("/target/state/cached", "must be the id of a revision")
	}
	return nil
}

func checkSelector(at string, s Selector) error {
	switch s.Type {
	case typeQuote:
		switch {
		case s.Start != nil || s.End != nil:
			return fault(at, "must quote or count, not both")
		case s.Exact == "":
			return fault(at+"/exact", "is empty")
		}
	case typePosition:
		switch {
		case s.Exact != "" || s.Prefix != "" || s.Suffix != "":
			return fault(at, "must quote or count, not both")
		case s.Start == nil:
			return fault(at+"/start", "is missing")
		case s.End == nil:
			return fault(at+"/end", "is missing")
		case *s.Start < 0:
			return fault(at+"/start", "must not be negative")
		case *s.End < *s.Start:
			return fault(at+"/end", "must not be before start")
		}
	default:
		return fault(at+"/type", "must be "+typeQuote+" or "+typePosition)
	}
	return nil
}
