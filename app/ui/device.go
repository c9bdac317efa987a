package ui

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/replica"
	"marginalia/app/state"
)

// risk says, beside the buttons of the form, that what is written is not kept or
// might soon not be.
func (c *composer) risk() app.UI {
	form, room := c.seen.Composer, c.seen.Room
	save := button("btn", true, state.ExportUnsent{}, iconDownload.ui(), app.Text(en.device.SaveCopy))
	make := act(true, state.MakeRoom{}, en.device.MakeRoom)
	switch {
	case form.Fault != "":
		return notice(iconAlert, en.device.Risk, en.device.RiskText, save, make).DataSet("severity", "reject").Role("status")
	case c.seen.Blocked && c.seen.Sync.State == state.Offline && form.Typed:
		return notice(iconAlert, en.device.Risk, en.device.BlockedReady, save).DataSet("severity", "hold").Role("status")
	case room != nil && room.Scarce():
		return notice(iconAlert, left(*room), en.device.ScarceText, make).DataSet("severity", "hold").Role("status")
	}
	return hiddenSlot()
}

// left says how little room there is.
func left(r state.Room) string {
	if r.Full {
		return en.Full
	}
	return en.device.Scarce(size(r.Quota - r.Used))
}

// size is a number of bytes as people read it.
func size(bytes int64) string {
	switch {
	case bytes < 0:
		return "0 MB"
	case bytes < 100<<20:
		return fmt.Sprintf("%d.%d MB", bytes/1e6, bytes%1e6/1e5)
	case bytes < 10e9:
		return fmt.Sprintf("%d MB", bytes/1e6)
	}
	return fmt.Sprintf("%d GB", bytes/1e9)
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
		app.H2().ID("g4").Text(en.pages.TakeAlong),
		app.P().Text(en.pages.TakeText),
		app.Div().Class("row").Body(button("btn", true, state.ExportMine{}, iconDownload.ui(), app.Text(en.pages.JSONLD))),
	}
	if n := unsent(m.Notes, m.Drafts); n > 0 {
		body = append(body,
			app.P().Text(en.device.Unsent(n)+" "+en.device.UnsentText),
			app.Div().Class("row").Body(button("btn", true, state.ExportUnsent{}, iconDownload.ui(), app.Text(en.device.SaveUnsent))),
		)
	}
	result := app.P().Role("status").ID("taken-in")
	if m.TakenIn != "" {
		result = result.Text(m.TakenIn)
	}
	body = append(body, app.Div().Class("field").Body(
		app.Label().For("take-in").Text(en.device.TakeIn),
		app.Input().Class("input").ID("take-in").Type("file").Accept(".json,application/json").Aria("describedby", "take-hint").
			OnChange(press(state.FileChosen{}), "file"),
		app.P().Class("hint").ID("take-hint").Text(en.device.TakeInHint),
		result,
	))
	return app.Section().Class("group").Aria("labelledby", "g4").Body(body...)
}

// device is what is kept here, and how much room there is.
func (m *mine) device() app.UI {
	body := []app.UI{app.H2().ID("g6").Text(en.device.Name)}
	switch {
	case m.Blocked:
		body = append(body, app.P().Text(en.BlockedText))
		return app.Section().Class("group").Aria("labelledby", "g6").Body(body...)
	case m.Room.Quota == 0:
		body = append(body, app.P().Text(en.device.RoomUnknown))
	default:
		text := en.device.Room(size(m.Room.Used), size(m.Room.Quota))
		body = append(body, app.P().Body(app.Label().For("room").Text(text)),
			app.Elem("meter").Class("gauge").ID("room").Attr("min", 0).Attr("max", m.Room.Quota).
				Attr("high", m.Room.Quota/10*9).Attr("value", m.Room.Used))
		if m.Room.Scarce() {
			body = append(body, notice(iconAlert, left(m.Room), en.device.ScarceText).DataSet("severity", "hold"))
		}
	}
	body = append(body, app.P().Text(en.device.Old))
	row := []app.UI{button("btn", true, state.MakeRoom{}, app.Text(en.device.MakeRoom))}
	if m.Room.Kept {
		body = append(body, app.P().Text(en.device.Kept))
	} else {
		body = append(body, app.P().Text(en.device.NotKept))
		row = append(row, button("btn quiet", true, state.AskKeep{}, app.Text(en.device.AskKeep)))
	}
	return app.Section().Class("group").Aria("labelledby", "g6").Body(append(body, app.Div().Class("row").Body(row...))...)
}

// leave erases this device, at the second press.
func (m *mine) leave() app.UI {
	body := []app.UI{app.H2().ID("g7").Text(en.device.Leave), app.P().Text(en.device.LeaveText)}
	row := []app.UI{button("btn", true, state.Erase{}, iconTrash.ui(), app.Text(en.device.Erase))}
	if m.Erasing {
		loses := en.device.EraseAsk
		if n := unsent(m.Notes, m.Drafts); n > 0 {
			loses += " " + en.device.EraseLoses(n)
			row = append(row, button("btn", true, state.ExportUnsent{}, iconDownload.ui(), app.Text(en.device.SaveUnsent)))
		}
		body = append(body, app.P().Body(app.Strong().Text(loses)))
		row = append(row, button("btn quiet", true, state.KeepAll{}, app.Text(en.device.KeepAll)))
	}
	return app.Section().Class("group").Aria("labelledby", "g7").Body(append(body, app.Div().Class("row").Body(row...))...)
}
