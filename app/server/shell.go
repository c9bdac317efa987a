package server

import (
	"bytes"
	_ "embed" // the page's frame
	"encoding/json"
	"fmt"
	"html/template"

	"marginalia/app/message/catalogues"
	"marginalia/app/server/page"
	"marginalia/app/state"
	"marginalia/app/ui"
)

//go:embed shell.html
var shellSource string

// frame is what shell.html shows around a page's components. Body, Panels, Icons,
// Boot, Assets and Data are markup or data that is safe as it is.
type frame struct {
	Lang, Dir, Title, Description string
	Canonical                     string
	Private                       bool // not for search engines
	Styles                        []string
	Display                       string // the script that has the page look as its reader likes it
	Loader                        string // "" when the app is not built
	NotStarted                    string // what is said when it does not start
	Body, Panels, Icons           template.HTML
	Boot, Assets, Data            template.JS
	Found                         found
}

// loaderData is the data block that loader.js and the app read.
type loaderData struct {
	WASM  string `json:"wasm"`
	Exec  string `json:"exec"`
	DOM   string `json:"dom"`
	SW    string `json:"sw"`
	Build string `json:"build"`
	// Words is the catalogue of messages of the page's language, "" for English,
	// which the app has.
	Words string `json:"words,omitempty"`
	// Claims is the model that finds claims worth checking, for the app itself.
	Claims string `json:"claims,omitempty"`
}

// draw writes a whole page. Boot goes into it as data, so that the app starts
// from what the reader already sees.
func (s *Server) draw(v view) ([]byte, error) {
	st := state.FromBoot(v.boot)
	if v.stand != "" {
		st.Route.Page = v.stand
	}
	boot, err := json.Marshal(v.boot) // escapes <, > and &
	if err != nil {
		return nil, fmt.Errorf("draw page: %w", err)
	}
	told, err := s.describe(v.msg, v.boot)
	if err != nil {
		return nil, err
	}
	f := frame{
		Lang: v.msg.Lang, Dir: v.msg.Dir, Title: ui.Title(v.msg, st), Description: v.description,
		Canonical: v.canonical, Private: v.private,
		Styles: s.assets.styles, Icons: template.HTML(s.assets.sprite),
		Body: template.HTML(page.HTML(ui.Page(v.msg, st))), Panels: template.HTML(page.HTML(ui.Panels(catalogues.Panels(v.msg.Lang)))),
		Boot: template.JS(boot), Found: s.find(v), Data: template.JS(told),
	}
	if s.assets.wasm != "" {
		f.NotStarted = v.msg.NotStarted
		data, err := json.Marshal(s.assets.loaderData(v.msg.Lang))
		if err != nil {
			return nil, fmt.Errorf("draw page: %w", err)
		}
		f.Display, f.Loader, f.Assets = s.assets.path("display.js"), s.assets.path("loader.js"), template.JS(data)
	}
	var b bytes.Buffer
	if err := s.frame.Execute(&b, f); err != nil {
		return nil, fmt.Errorf("draw page: %w", err)
	}
	return b.Bytes(), nil
}
