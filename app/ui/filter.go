package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/state"
)

// sieve is the filter in the head of the notes: what it is set to, its result, the
// way back to all notes and, when the reader wants them, its controls.
type sieve struct {
	Msg         *message.Catalogue
	Ready, Open bool
	Filter      state.Filter
	Sites       []state.Site
	Fits, Total int
}

func sieveOf(msg *message.Catalogue, s state.State) sieve {
	p := s.Parts()
	return sieve{Msg: msg, Ready: s.Ready, Open: s.Find.Filtering, Filter: s.Filter, Sites: s.Sites(), Fits: p.Fits, Total: p.Total}
}

func (v *sieve) ui() app.UI {
	on, said := v.Filter.On(), ""
	if on {
		said = v.Msg.Find.Fits.N(v.Total, "fits", v.Msg.Number(v.Fits))
	}
	return app.Div().Class("bar sieve").Hidden(v.Total < 2 && !on).Body(
		app.Div().Class("row").Body(
			button("act", v.Ready, state.OpenFilter{Open: !v.Open}, app.Text(v.Msg.Find.Filter)).Aria("expanded", v.Open).Aria("controls", "sieve"),
			app.P().Class("meta").Role("status").Text(said),
			button("act", v.Ready, state.SetFilter{}, app.Text(v.Msg.Find.All)).Hidden(!on),
		),
		app.Div().ID("sieve").Class("controls").Role("group").Aria("label", v.Msg.Find.Filter).Hidden(!v.Open).Body(v.controls()...),
	)
}

func (v *sieve) controls() []app.UI {
	if !v.Open {
		return nil
	}
	return []app.UI{v.stances(), v.kinds(), v.sites()}
}

func (v *sieve) stances() app.UI {
	var all []app.UI
	for _, s := range stances() {
		f, pressed := v.Filter, v.Filter.Stance == s
		f.Stance = s
		if pressed {
			f.Stance = ""
		}
		all = append(all, button("filter", v.Ready, state.SetFilter{Filter: f}, stanceIcon(s).ui(), app.Text(v.Msg.Stances[string(s)])).
			DataSet("stance", string(s)).Aria("pressed", pressed))
	}
	return app.Div().Class("filters").Role("group").Aria("label", v.Msg.Form.Stance).Body(all...)
}

func (v *sieve) kinds() app.UI {
	options := []app.UI{option("", v.Msg.Find.AnyKind, v.Filter.State == "")}
	for _, k := range state.NoteKinds() {
		options = append(options, option(string(k), v.Msg.Find.Kinds[string(k)], v.Filter.State == k))
	}
	f := v.Filter
	return selector("sieve-kind", v.Msg.Find.Kind, options, func(value string) state.Action {
		f.State = state.NoteKind(value)
		return state.SetFilter{Filter: f}
	}, f)
}

func (v *sieve) sites() app.UI {
	options := []app.UI{option("", v.Msg.Find.AnySite, v.Filter.Site == "")}
	for _, s := range v.Sites {
		options = append(options, option(s.Name, s.Name+" ("+v.Msg.Number(s.Notes)+")", v.Filter.Site == s.Name))
	}
	f := v.Filter
	return selector("sieve-site", v.Msg.Find.Site, options, func(value string) state.Action {
		f.Site = value
		return state.SetFilter{Filter: f}
	}, f)
}

func option(value, text string, chosen bool) app.UI {
	return app.Elem("option").Attr("value", value).Attr("selected", chosen).Text(text)
}

// selector is a labelled choice of one. An element that go-app has a type for costs
// the browser program a few thousand bytes, so these two are made by name. of tells its handlers apart.
func selector(id, label string, options []app.UI, action func(value string) state.Action, of any) app.UI {
	return app.Div().Class("field").Body(
		app.Label().For(id).Text(label),
		app.Elem("select").Class("input").ID(id).Body(options...).On("change", func(ctx app.Context, _ app.Event) {
			send(ctx, action(ctx.JSSrc().Get("value").String()))
		}, of),
	)
}
