package anchor

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"marginalia/app/textpos"
)

// unseen are paragraphs in several scripts, written for this test.
var unseen = []string{
	"The keeper of the light at Corran Head wrote every evening into a ruled book. He noted the wind, the height of the swell and the names of the ships that went by. In the winter of the great frost he wrote that 14 boats lay fast in the sound, and that nobody could reach them on foot. His daughter carried the book to the town in April.",
	"A market garden of two acres feeds forty families, if the soil is rested every third year. Beans are sown after barley, and the straw is left to lie. Visitors often ask why the rows run from north to south; the answer is that each plant then has its share of the sun. Nothing is sold before the families have taken theirs.",
	"Die Mühle am unteren Bach mahlt seit drei Generationen für die Dörfer im Tal. Im Sommer, wenn das Wasser knapp wird, steht das Rad oft wochenlang still. Der Müller sagt, dass er dann Körbe flicht und den Kindern das Schwimmen beibringt. Im Herbst kommen die Wagen wieder, und auf dem Hof riecht es nach Roggen.",
	"Le facteur de la vallée fait sa tournée à pied, car la route s'arrête au deuxième pont. Il porte les lettres, les journaux et parfois un sac de sel pour la vieille auberge. Quand la neige tombe, les bergers l'attendent à la chapelle et lui offrent du café brûlant. Personne ne se souvient d'un hiver sans courrier.",
	"Старый паромщик знает каждую отмель на этой реке. Весной, когда вода поднимается до самых садов, он перевозит людей бесплатно. Летом он чинит лодки и рассказывает детям о больших рыбах, которых никто не видел. Осенью над рекой стоит густой туман, и паром идёт по звуку колокола.",
	"في القرية القديمة بئر عميقة يشرب منها الناس منذ مئات السنين. كل صباح تأتي النساء بالجرار ويتحدثن عن أخبار السوق والحصاد. قال شيخ القرية إن الماء لم ينقطع حتى في أعوام الجفاف الشديد. وفي المساء يجلس الأطفال حول البئر ويسمعون حكايات المسافرين.",
	"山脚下的小村庄里有一座很老的石桥。每年春天河水上涨的时候,孩子们都跑来看鱼。老人们说这座桥是一位不知名的石匠独自修建的。秋收以后,村民会在桥上摆出长桌,一起吃新米和腌菜。冬天桥面结冰,谁也不敢走得太快。",
	"गाँव के किनारे एक पुराना बरगद का पेड़ खड़ा है। गर्मियों की दोपहर में सब लोग उसकी छाया में बैठते हैं। बूढ़े किसान बताते हैं कि उनके दादा ने यह पेड़ लगाया था। शाम को बच्चे वहाँ झूला झूलते हैं और गीत गाते हैं।",
	"The kite club 🪁 met on the dunes at noon and counted its members twice. Somebody had brought soup 🍲 and somebody else a drum 🥁, which pleased the dogs 🐕 more than the neighbours. By four o'clock the wind had dropped and the longest kite hung in a pine 🌲. They agreed to meet again on the first dry Sunday.",
}

var strangers = strings.Fields("lantern pocket orchard thunder velvet marble saddle pepper window copper ribbon meadow")

// editedCase is one case of the generated set: what the note was made on, and what
// became of it. A want of nothing is a quote that is gone.
type editedCase struct {
	kind, was, now string
	span           textpos.Span
	want           *textpos.Span
}

// TestEvalUnseen measures the kinds of edits of the labelled set on texts it does not
// hold: generated from the paragraphs above, a fixed seed for each run.
func TestEvalUnseen(t *testing.T) {
	kinds := []string{"case", "context-edit", "delete", "duplicate", "insert", "moved", "nfd", "paragraph-removed", "removed", "rewritten", "shift", "substitute", "two", "typo", "whitespace"}
	tallies, all := map[string]*tally{}, &tally{}
	gone, left := 0, 0
	for _, kind := range kinds {
		tallies[kind] = new(tally)
	}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2029))
		for _, kind := range kinds {
			c, ok := makeCase(r, kind)
			if !ok {
				continue
			}
			got := Locate(c.now, Describe(c.was, c.span))
			right := c.want == nil && got.Status == Orphan || c.want != nil && got.Status != Orphan && got.Span() == *c.want
			if c.want == nil {
				gone++
				if right {
					left++
				}
			}
			for _, k := range []*tally{tallies[kind], all} {
				k.n++
				switch {
				case right:
					k.right++
				case got.Status == Orphan:
					k.orphan++
				default:
					k.wrong++
				}
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-20s %5s %6s %7s %6s\n", "unseen", "n", "right", "orphan", "wrong")
	for _, name := range slices.Sorted(maps.Keys(tallies)) {
		k := tallies[name]
		fmt.Fprintf(&b, "%-20s %5d %6d %7d %6d\n", name, k.n, k.right, k.orphan, k.wrong)
	}
	fmt.Fprintf(&b, "%-20s %5d %6d %7d %6d   %.1f %% right, %d of %d vanished quotes are orphans", "all", all.n, all.right, all.orphan, all.wrong, 100*float64(all.right)/float64(all.n), left, gone)
	t.Log(b.String())
	if all.right*100 < 94*all.n || all.wrong*100 > all.n || left*100 < 95*gone {
		t.Error("want 94 % right, 1 % placed wrongly at most, 95 % of the vanished quotes as orphans")
	}
}

// makeCase draws a text, a quote of whole words and an edit.
func makeCase(r *rand.Rand, kind string) (editedCase, bool) {
	order := r.Perm(len(unseen))[:5]
	var paragraphs []string
	for _, i := range order {
		paragraphs = append(paragraphs, unseen[i])
	}
	home := r.IntN(len(paragraphs))
	block := paragraphs[home]
	from, to, ok := drawQuote(r, block, kind == "delete" || kind == "two" || kind == "rewritten")
	if !ok {
		return editedCase{}, false
	}
	pre, quote, post := block[:from], block[from:to], block[to:]
	was := strings.Join(paragraphs, "\n")
	c := editedCase{kind: kind, was: was, span: spanAt(was, strings.Index(was, block)+from, len(quote))}
	now, vanished := editQuote(r, kind, quote)
	lead := ""
	switch kind {
	case "shift":
		lead = "A new first paragraph about " + strangers[r.IntN(len(strangers))] + " was set before the others.\n"
	case "context-edit":
		words := strings.Fields(pre)
		if len(words) < 3 {
			return editedCase{}, false
		}
		pre = strings.Replace(pre, words[len(words)-2], strangers[r.IntN(len(strangers))], 1)
	case "paragraph-removed":
		paragraphs = slices.Delete(paragraphs, home, home+1)
		c.now = strings.Join(paragraphs, "\n")
		return c, true
	case "moved":
		paragraphs[home] = pre + post
		at := (home + 2) % len(paragraphs)
		paragraphs[at] = quote + " " + paragraphs[at]
		c.now = strings.Join(paragraphs, "\n")
		want := spanAt(c.now, strings.Index(c.now, quote+" "+unseen[order[at]]), len(quote))
		c.want = &want
		return c, true
	case "duplicate":
		at := (home + 1) % len(paragraphs)
		paragraphs[at] = quote + " " + paragraphs[at]
	}
	paragraphs[home] = pre + now + post
	c.now = lead + strings.Join(paragraphs, "\n")
	if !vanished {
		want := spanAt(c.now, strings.Index(c.now, paragraphs[home])+len(pre), len(now))
		c.want = &want
	}
	return c, true
}

// editQuote is what becomes of the quote itself.
func editQuote(r *rand.Rand, kind, quote string) (now string, vanished bool) {
	words, space := strings.Fields(quote), " "
	if len(words) == 1 { // no spaces between the words of this script
		words, space = strings.Split(quote, ""), ""
	}
	stranger := func() string { return strangers[r.IntN(len(strangers))] }
	inner := func() int { return 1 + r.IntN(max(len(words)-2, 1)) }
	switch kind {
	case "case":
		return strings.ToUpper(quote), false
	case "nfd":
		return norm.NFD.String(quote), false
	case "whitespace":
		return strings.ReplaceAll(quote, " ", []string{"  ", "\u00a0", "\n"}[r.IntN(3)]), false
	case "removed":
		return "", true
	case "rewritten":
		for i := range words {
			words[i] = stranger()
		}
	case "substitute":
		words[inner()%len(words)] = stranger()
	case "two":
		i := inner()
		words[i%len(words)], words[(i+2)%len(words)] = stranger(), stranger()
	case "insert":
		words = slices.Insert(words, min(inner(), len(words)), stranger())
	case "delete":
		i := inner() % len(words)
		words = slices.Delete(words, i, i+1)
	case "typo":
		runes := []rune(quote)
		i := 1 + r.IntN(len(runes)-3)
		runes[i], runes[i+1] = runes[i+1], runes[i]
		return string(runes), false
	default:
		return quote, false
	}
	return strings.Join(words, space), kind == "rewritten"
}

// drawQuote draws a run of words of block; a text without spaces has its clauses.
func drawQuote(r *rand.Rand, block string, long bool) (from, to int, ok bool) {
	var starts, ends []int
	inWord := false
	for i, c := range block + " " {
		if space := unicode.IsSpace(c); !space && !inWord {
			starts, inWord = append(starts, i), true
		} else if space && inWord {
			ends, inWord = append(ends, i), false
		}
	}
	n := 4 + r.IntN(9)
	if long {
		n = 6 + r.IntN(9)
	}
	if len(starts) < n+2 {
		at := strings.Index(block, "。") + len("。")
		next := at + strings.Index(block[at:], "。") + len("。")
		return at, next, !long && at > 2
	}
	i := r.IntN(len(starts) - n)
	return starts[i], ends[i+n-1], true
}

func spanAt(text string, at, size int) textpos.Span {
	start := textpos.Count(text[:at])
	return textpos.Span{Start: start, End: start + textpos.Count(text[at:at+size])}
}
