package message

// Language is a language that the interface is in.
type Language struct {
	Tag  string // BCP 47
	Name string // in itself
}

// Offered are the languages of the interface, in the order in which they are
// offered.
func Offered() []Language {
	return []Language{{"en", "English"}, {"es", "Español"}, {"fr", "Français"}, {"de", "Deutsch"}, {"ar", "العربية"}}
}
