package message

// Plural is a plural category of CLDR.
type Plural string

// The categories.
const (
	Zero  Plural = "zero"
	One   Plural = "one"
	Two   Plural = "two"
	Few   Plural = "few"
	Many  Plural = "many"
	Other Plural = "other"
)

// Categories are the plural categories that whole numbers below a million have in
// a language of the catalogues (CLDR 45, "Language Plural Rules"): from there on
// Romance languages have another one, which nothing here reaches.
func Categories(lang string) []Plural {
	if lang == "ar" {
		return []Plural{Zero, One, Two, Few, Many, Other}
	}
	return []Plural{One, Other}
}

// plural is the category of a whole number.
func (l *Locale) plural(n int) Plural {
	n = max(n, -n)
	switch l.Lang {
	case "ar":
		return arabic(n)
	case "fr":
		if n < 2 {
			return One
		}
	default:
		if n == 1 {
			return One
		}
	}
	return Other
}

func arabic(n int) Plural {
	switch {
	case n == 0:
		return Zero
	case n == 1:
		return One
	case n == 2:
		return Two
	case n%100 >= 3 && n%100 <= 10:
		return Few
	case n%100 >= 11:
		return Many
	}
	return Other
}
