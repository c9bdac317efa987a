package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// risk says, beside the buttons of the form, that what is written is not kept or
// might soon not be.
func (c *composer) risk() app.UI {
	form, room := c.seen.Composer, c.seen.Room
	save := button("btn", true, state.ExportUnsent{}, iconDownload.ui(), app.Text(c.Msg.Device.SaveCopy))
	make := act(true, state.MakeRoom{}, c.Msg.Device.MakeRoom)
	switch {
	case form.Fault != "":
		return notice(iconAlert, c.Msg.Device.Risk, c.Msg.Device.RiskText, save, make).DataSet("severity", "reject").Role("status")
	case c.seen.Blocked && c.seen.Sync.State == state.Offline && form.Typed:
		return notice(iconAlert, c.Msg.Device.Risk, c.Msg.Device.BlockedReady, save).DataSet("severity", "hold").Role("status")
	case room != nil && room.Scarce():
		return notice(iconAlert, left(c.Msg, *room), c.Msg.Device.ScarceText, make).DataSet("severity", "hold").Role("status")
	}
	return hiddenSlot()
}

// left says how little room there is.
func left(msg *message.Catalogue, r state.Room) string {
	if r.Full {
		return msg.Full
	}
	return msg.Device.Scarce.With("left", size(msg, r.Quota-r.Used))
}

// size is a number of bytes as people read it.
func size(msg *message.Catalogue, bytes int64) string {
	switch {
	case bytes < 0:
		return msg.Device.Megabytes.With("n", "0")
	case bytes < 100<<20:
		return msg.Device.Megabytes.With("n", msg.Tenths(bytes/1e5))
	case bytes < 10e9:
		return msg.Device.Megabytes.With("n", strconv.FormatInt(bytes/1e6, 10))
	}
	return msg.Device.Gigabytes.With("n", strconv.FormatInt(bytes/1e9, 10))
}

// unsent is how many notes and drafts this device has the only copy of.
func unsent(notes []state.Note, drafts []replica.DraftNote) int {
	count := len(drafts)
	for i := range notes {
		if n := &notes[i]; n.Unsent() && !n.Deleting() && !n.DeleteClashed() {
			count++
		}
	}
	return count
}

// carry is how notes leave this device as files, and come from another one.
func (m *mine) carry() app.UI {
	body := []app.UI{
		app.H2().ID("g4").Text(m.Msg.Pages.TakeAlong),
		app.P().Text(m.Msg.Pages.TakeText),
		app.Div().Class("row").Body(button("btn", true, state.ExportMine{}, iconDownload.ui(), app.Text(m.Msg.Pages.JSONLD))),
	}
	if n := unsent(m.Notes, m.Drafts); n > 0 {
		body = append(body,
			app.P().Text(m.Msg.Device.Unsent.N(n)+" "+m.Msg.Device.UnsentText),
			app.Div().Class("row").Body(button("btn", true, state.ExportUnsent{}, iconDownload.ui(), app.Text(m.Msg.Device.SaveUnsent))),
		)
	}
	result := app.P().Role("status").ID("taken-in")
	if m.TakenIn != "" {
		result = result.Text(m.TakenIn)
	}
	body = append(body, app.Div().Class("field").Body(
		app.Label().For("take-in").Text(m.Msg.Device.TakeIn),
		app.Input().Class("input").ID("take-in").Type("file").Accept(".json,application/json").Aria("describedby", "take-hint").
			OnChange(press(state.FileChosen{}), "file"),
		app.P().Class("hint").ID("take-hint").Text(m.Msg.Device.TakeInHint),
		result,
	))
	return app.Section().Class("group").Aria("labelledby", "g4").Body(body...)
}

// device is what is kept here, and how much room there is.
func (m *mine) device() app.UI {
	body := []app.UI{app.H2().ID("g6").Text(m.Msg.Device.Name)}
	switch {
	case m.Blocked:
		body = append(body, app.P().Text(m.Msg.BlockedText))
		return app.Section().Class("group").Aria("labelledby", "g6").Body(body...)
	case m.Room.Quota == 0:
		body = append(body, app.P().Text(m.Msg.Device.RoomUnknown))
	default:
		text := m.Msg.Device.Room.With("used", size(m.Msg, m.Room.Used), "quota", size(m.Msg, m.Room.Quota))
		body = append(body, app.P().Body(app.Label().For("room").Text(text)),
			app.Elem("meter").Class("gauge").ID("room").Attr("min", 0).Attr("max", m.Room.Quota).
				Attr("high", m.Room.Quota/10*9).Attr("value", m.Room.Used))
		if m.Room.Scarce() {
			body = append(body, notice(iconAlert, left(m.Msg, m.Room), m.Msg.Device.ScarceText).DataSet("severity", "hold"))
		}
	}
	body = append(body, app.P().Text(m.Msg.Device.Old))
	row := []app.UI{button("btn", true, state.MakeRoom{}, app.Text(m.Msg.Device.MakeRoom))}
	if m.Room.Kept {
		body = append(body, app.P().Text(m.Msg.Device.Kept))
	} else {
		body = append(body, app.P().Text(m.Msg.Device.NotKept))
		row = append(row, button("btn", true, state.AskKeep{}, app.Text(m.Msg.Device.AskKeep)))
	}
	return app.Section().Class("group").Aria("labelledby", "g6").Body(append(body, app.Div().Class("row").Body(row...))...)
}

// leave erases this device, at the second press.
func (m *mine) leave() app.UI {
	body := []app.UI{app.H2().ID("g7").Text(m.Msg.Device.Leave), app.P().Text(m.Msg.Device.LeaveText)}
	row := []app.UI{button("btn", true, state.Erase{}, iconTrash.ui(), app.Text(m.Msg.Device.Erase))}
	if m.Erasing {
		loses := m.Msg.Device.EraseAsk
		if n := unsent(m.Notes, m.Drafts); n > 0 {
			loses += " " + m.Msg.Device.EraseLoses.N(n)
			row = append(row, button("btn", true, state.ExportUnsent{}, iconDownload.ui(), app.Text(m.Msg.Device.SaveUnsent)))
		}
		body = append(body, app.P().Body(app.Strong().Text(loses)))
		row = append(row, button("btn quiet", true, state.KeepAll{}, app.Text(m.Msg.Device.KeepAll)))
	}
	return app.Section().Class("group").Aria("labelledby", "g7").Body(append(body, app.Div().Class("row").Body(row...))...)
}
