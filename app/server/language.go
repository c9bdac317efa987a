package server

import (
	"net/http"
	"net/url"
	"time"

	"marginalia/app/message"
	"marginalia/app/message/catalogues"
)

const (
	// languageCookie holds the language that a reader chose.
	languageCookie = "lang"
	languageAge    = 365 * 24 * time.Hour
	// pageVary is what a page depends on beside its address.
	pageVary = "Accept-Encoding, Accept-Language, Cookie"
)

// language is the catalogue of the language that a reader chose, or else of the
// one that their browser prefers, or else the English one.
func (s *Server) language(r *http.Request) *message.Catalogue {
	if c, err := r.Cookie(languageCookie); err == nil {
		if msg := catalogues.Get(c.Value); msg != nil {
			return msg
		}
	}
	return catalogues.Get(message.Choose(r.Header.Get("Accept-Language"), catalogues.Languages(), "en"))
}

// handleLanguage keeps the language that a reader chose and leads back to where
// they were. It needs no script.
func (s *Server) handleLanguage(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<10)
	msg := catalogues.Get(r.PostFormValue("to"))
	if msg == nil {
		return refuse(http.StatusBadRequest, "The form holds no language that this site is in.")
	}
	http.SetCookie(w, &http.Cookie{
		Name: languageCookie, Value: msg.Lang, Path: "/", MaxAge: int(languageAge.Seconds()),
		SameSite: http.SameSiteLaxMode, Secure: s.secure || r.TLS != nil, HttpOnly: true,
	})
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, backTo(r), http.StatusSeeOther)
	return nil
}

// backTo is the page of this site that a request was sent from, else the front page.
func backTo(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host || from.Path == "" || from.Path[0] != '/' {
		return "/"
	}
	// The path alone could be taken for another host ("//example.org").
	return (&url.URL{Scheme: from.Scheme, Host: r.Host, Path: from.Path, RawQuery: from.RawQuery}).String()
}
