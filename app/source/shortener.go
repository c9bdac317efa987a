package source

import (
	"slices"
	"strings"
)

// shorteners are hosts whose addresses hide where they lead. A site's own short
// form (youtu.be, redd.it) is not one: it leads to that site alone.
var shorteners = []string{
	"adf.ly", "b.link", "bc.vc", "bit.do", "bit.ly", "bitly.com", "bl.ink", "buff.ly", "clck.ru",
	"cli.re", "cutt.ly", "cutt.us", "dlvr.it", "fb.me", "goo.gl", "goo.su", "gg.gg", "hubs.ly",
	"hyperurl.co", "ibit.ly", "ift.tt", "is.gd", "j.mp", "kutt.it", "lnkd.in", "lnk.to", "mcaf.ee",
	"n9.cl", "ouo.io", "ow.ly", "po.st", "qr.net", "rb.gy", "rebrand.ly", "s.id", "short.gy",
	"short.io", "shorturl.at", "shorte.st", "smarturl.it", "snip.ly", "snipurl.com", "soo.gd", "su.pr", "surl.li", "t.co",
	"t.cn", "t.ly", "t2m.io", "tiny.cc", "tiny.one", "tinyurl.com", "tr.im", "trib.al", "u.to", "urlz.fr",
	"v.gd", "vu.fr", "x.co", "xurl.es", "yep.it", "zpr.io",
}

// Shortened reports whether the address is of a well-known shortener or of one
// in more, hosts in lower case.
func (s Source) Shortened(more ...string) bool {
	host, _, _ := strings.Cut(s.Site(), ":")
	return slices.Contains(shorteners, host) || slices.Contains(more, host)
}
