package source

import "strings"

// shorteners are hosts whose addresses hide where they lead. A site's own short
// form (youtu.be, redd.it) is not one: it leads to that site alone.
var shorteners = strings.Fields(`
	adf.ly b.link bc.vc bit.do bit.ly bitly.com bl.ink buff.ly clck.ru cli.re cutt.ly cutt.us dlvr.it
	fb.me goo.gl goo.su gg.gg hubs.ly hyperurl.co ibit.ly ift.tt is.gd j.mp kutt.it lnkd.in lnk.to
	mcaf.ee n9.cl ouo.io ow.ly po.st qr.net rb.gy rebrand.ly s.id share.google short.gy short.io shorturl.at
	shorte.st smarturl.it snip.ly snipurl.com soo.gd su.pr surl.li t.co t.cn t.ly t2m.io tiny.cc tiny.one
	tinyurl.com tr.im trib.al u.to urlz.fr v.gd vu.fr x.co xurl.es yep.it zpr.io`)

// users are places where anyone can publish.
var users = strings.Fields(`
	facebook.com fb.com fb.watch instagram.com threads.net threads.com twitter.com x.com tiktok.com reddit.com redd.it
	linkedin.com pinterest.com tumblr.com quora.com vk.com ok.ru weibo.com zhihu.com snapchat.com t.me telegram.me
	discord.com discord.gg bsky.app mastodon.social mastodon.online mstdn.social truthsocial.com gab.com parler.com gettr.com
	nextdoor.com 4chan.org stackexchange.com stackoverflow.com news.ycombinator.com
	youtube.com youtu.be youtube-nocookie.com vimeo.com dailymotion.com dai.ly rumble.com odysee.com bitchute.com twitch.tv
	bilibili.com nicovideo.jp streamable.com soundcloud.com
	blogger.com wordpress.com medium.com substack.com livejournal.com typepad.com weebly.com wixsite.com ghost.io note.com
	ameblo.jp hatenablog.com over-blog.com jimdofree.com neocities.org tripod.com angelfire.com write.as telegra.ph
	github.io gitlab.io pages.dev netlify.app vercel.app web.app firebaseapp.com glitch.me notion.site sites.google.com
	docs.google.com drive.google.com dropbox.com pastebin.com gist.github.com rentry.co justpaste.it scribd.com slideshare.net
	imgur.com flickr.com giphy.com change.org gofundme.com
	wikipedia.org wikiquote.org wiktionary.org wikinews.org wikibooks.org wikiversity.org wikivoyage.org wikidata.org
	commons.wikimedia.org fandom.com wikia.com wikihow.com conservapedia.com rationalwiki.org`)

// wellKnown are domains that others pose as: news, science and public bodies.
var wellKnown = strings.Fields(`
	reuters.com apnews.com afp.com bbc.co.uk bbc.com nytimes.com washingtonpost.com theguardian.com wsj.com ft.com economist.com
	bloomberg.com cnn.com foxnews.com nbcnews.com cbsnews.com abcnews.com npr.org usatoday.com latimes.com politico.com politico.eu
	newsweek.com theatlantic.com propublica.org aljazeera.com aljazeera.net dw.com france24.com lemonde.fr lefigaro.fr liberation.fr
	spiegel.de zeit.de faz.net sueddeutsche.de tagesschau.de welt.de elpais.com elmundo.es repubblica.it corriere.it
	haaretz.com timesofisrael.com jpost.com thehindu.com theglobeandmail.com telegraph.co.uk independent.co.uk thetimes.co.uk
	thetimes.com dailymail.co.uk
	nature.com science.org sciencedirect.com springer.com sciencemag.org thelancet.com nejm.org plos.org arxiv.org jstor.org cochrane.org
	who.int un.org unicef.org unhcr.org worldbank.org imf.org oecd.org europa.eu nato.int icrc.org ohchr.org unesco.org ochaopt.org
	cdc.gov nih.gov nasa.gov fda.gov census.gov noaa.gov whitehouse.gov congress.gov gov.uk ons.gov.uk parliament.uk nhs.uk
	bund.de destatis.de insee.fr snopes.com factcheck.org politifact.com fullfact.org pewresearch.org ourworldindata.org statista.com
	wikipedia.org wikimedia.org wikileaks.org facebook.com twitter.com youtube.com instagram.com`)

// genuine are what they say, near as they are to a well-known name.
var genuine = strings.Fields(`
	politics.com politica.com routers.com elpais.com.uy elpais.com.co economist.com.na aljazeera.com.tr
	xn--elpas-2sa.com xn--libration-d4a.fr xn--sddeutsche-9db.de`)
