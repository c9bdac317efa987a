package moderation

import "strings"

// lookalikes lists, for each Latin letter, letters of other alphabets that can
// be taken for it: Cyrillic, Greek, Armenian, Coptic, Cherokee, small capitals
// and the Latin letters that Unicode does not decompose. Written small, as
// [glyphs] gives them.
var lookalikes = [...]struct {
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

// latin is the Latin letter that r is or can be taken for, or 0.
func latin(r rune) rune {
	if r < 0x80 {
		return r
	}
	for _, group := range lookalikes {
		if strings.ContainsRune(group.from, r) {
			return group.to
		}
	}
	return 0
}
