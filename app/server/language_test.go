package server

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestLanguageOfAPage(t *testing.T) {
	h := openHouse(t)
	for _, tt := range []struct{ header, cookie, want string }{
		{"", "", "en"},
		{"fr-CA, en;q=0.8", "", "fr"},
		{"pt, de;q=0.4, es;q=0.6", "", "es"},
		{"zh", "", "en"},
		{"fr;q=0, ar", "", "ar"},
		{"fr", "de", "de"},
		{"fr", "tlh", "fr"},
		{"*;q=0.5, en;q=0", "", "es"},
	} {
		w := h.device().request("GET", "/faq", "", "Accept-Language", tt.header, "Cookie", languageCookie+"="+tt.cookie)
		if !strings.Contains(w.Body.String(), `<html lang="`+tt.want+`"`) || w.Header().Get("Vary") != pageVary {
			t.Errorf("Accept-Language %q, cookie %q: %.60q, Vary %q, want %s", tt.header, tt.cookie, w.Body.String(), w.Header().Get("Vary"), tt.want)
		}
	}
	first, second := h.device().request("GET", "/faq", "", "Accept-Language", "de"), h.device().request("GET", "/faq", "", "Accept-Language", "fr")
	if first.Header().Get("ETag") == second.Header().Get("ETag") {
		t.Error("a page in two languages has one ETag")
	}
}

// What the shipped policy says stands on a page in its language, before any script runs.
func TestPolicyInThePagesLanguage(t *testing.T) {
	h := openHouse(t)
	for path, want := range map[string][]string{
		"/faq":       {"Widersprechen Sie der Aussage", "mit höchstens 5 Links"},
		"/a/" + slug: {"Notizen werden geprüft", `"policyLanguage":"en"`},
	} {
		page := h.device().request("GET", path, "", "Accept-Language", "de").Body.String()
		for _, words := range want {
			if !strings.Contains(page, words) {
				t.Errorf("%s in German does not say %q", path, words)
			}
		}
	}
}

func TestChoosingALanguage(t *testing.T) {
	h := openHouse(t)
	post := func(to, from string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "http://behind.example/language", strings.NewReader(url.Values{"to": {to}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Referer", from)
		w := httptest.NewRecorder()
		h.srv.ServeHTTP(w, r)
		return w
	}
	for from, want := range map[string]string{
		h.srv.url + "/a/alder-bridge?notes=2": h.srv.url + "/a/alder-bridge?notes=2",
		"https://evil.example/a":              "/",
		"":                                    "/",
		"javascript:alert(1)":                 "/",
	} {
		w := post("fr", from)
		if cookie := w.Header().Get("Set-Cookie"); w.Code != 303 || w.Header().Get("Location") != want || !strings.HasPrefix(cookie, "lang=fr; Path=/; Max-Age=31536000") || !strings.Contains(cookie, "SameSite=Lax") {
			t.Errorf("from %q: %d to %q, cookie %q, want %q", from, w.Code, w.Header().Get("Location"), cookie, want)
		}
	}
	if w := post("tlh", ""); w.Code != 400 || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("a language that is not there: %d, cookie %q", w.Code, w.Header().Get("Set-Cookie"))
	}
}
