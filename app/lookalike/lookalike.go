// Package lookalike knows the letters of other alphabets that readers take for
// Latin ones. It is used on words that hide an insult and on hosts that pose as
// another.
package lookalike

import "strings"

// groups lists, for each Latin letter, letters of other alphabets that can
// be taken for it: Cyrillic, Greek, Armenian, Coptic, Cherokee, small capitals
// and the Latin letters that Unicode does not decompose. Written small and
// without accents.
var groups = [...]struct {
	to   rune
	from string
}{
	{'a', "аαɑᴀաӑӓ"},
	{'b', "вьβʙƀᏼ"},
	{'c', "сϲᴄⲥƈꮯ"},
	{'d', "ԁԃđðᴅɗժ"},
	{'e', "еεҽєᴇəҿꭼ"},
	{'f', "ғƒꜰք"},
	{'g', "ɡɢցǥɠԍ"},
	{'h', "һнħʜհηꮋ"},
	{'i', "іιıɪɩӏꭵ"},
	{'j', "јϳᴊյ"},
	{'k', "кκᴋҝқƙꮶ"},
	{'l', "łʟⅼɭլ"},
	{'m', "мᴍⅿ"},
	{'n', "пոɴŋղռп"},
	{'o', "оοօøᴏσөⲟ"},
	{'p', "рρᴘⲣþ"},
	{'q', "ԛգզ"},
	{'r', "гʀɍ"},
	{'s', "ѕꜱʂտ"},
	{'t', "тτᴛŧƭ"},
	{'u', "υμսᴜцʊ"},
	{'v', "νѵᴠⅴ"},
	{'w', "ωѡԝᴡшщա"},
	{'x', "хχҳⅹ"},
	{'y', "уγүʏўчყ"},
	{'z', "ᴢƶʐ"},
}

// Latin is the Latin letter that r is or can be taken for, or 0; ASCII stands for
// itself, digits and signs included. It wants r in lower case and decomposed (NFKD).
func Latin(r rune) rune {
	if r < 0x80 {
		return r
	}
	for _, group := range groups {
		if strings.ContainsRune(group.from, r) {
			return group.to
		}
	}
	return 0
}
