package ui

import (
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/claims"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

// The list comes and goes in a place that stays, so that what stands around it is
// never drawn anew: text that is typed below it would be lost.
func TestWorthKeepsItsPlace(t *testing.T) {
	s := up(readerState(t, plain()))
	root, d := client(t, s)
	room := is("div", "class", "worth")
	before := all(drawn(t, root), room)
	if len(before) != 1 || before[0].FirstChild != nil {
		t.Fatalf("before the claims are there the page has %d rooms for them, want one that is empty", len(before))
	}
	s.Claims = []claims.Claim{{Span: textpos.Span{Start: 1, End: 5}, Text: "The fare rose.", Score: 9000}}
	d.SetState(StateName, s)
	d.Consume()
	after := all(drawn(t, root), is("ol", "aria-label", "Claims worth checking"))
	if len(after) != 1 || len(all(after[0], named("button", "The fare rose."))) != 1 {
		t.Errorf("the page has %d lists of claims, want one with the claim as a button", len(after))
	}
	s.Claims = nil
	d.SetState(StateName, s)
	d.Consume()
	if left := all(drawn(t, root), is("summary")); len(left) != 0 {
		t.Errorf("without claims %d lists are left", len(left))
	}
}

func TestWorthSendsItsClaim(t *testing.T) {
	root, d := client(t, up(readerState(t, plain())))
	var got []state.Action
	d.Handle(ActionName, root, func(_ app.Context, a app.Action) { got = append(got, a.Value.(state.Action)) })
	one, two := claims.Claim{Span: textpos.Span{Start: 1, End: 5}, Text: "A"}, claims.Claim{Span: textpos.Span{Start: 6, End: 9}, Text: "A"}
	press(state.TakeClaim{Claim: one})(d.Context(), app.Event{})
	d.Consume()
	if len(got) != 1 || got[0] != (state.TakeClaim{Claim: one}) {
		t.Errorf("sent %v, want the claim that was pressed", got)
	}
	if scope(state.TakeClaim{Claim: one}) == scope(state.TakeClaim{Claim: two}) {
		t.Error("two claims with the same words have one handler")
	}
}
