package state

import "marginalia/app/message"

// words is the catalogue of the page's language.
func (s State) words() *message.Catalogue {
	if s.Msg == nil {
		return message.English()
	}
	return s.Msg
}

// said are the messages about what has just happened.
func (s State) said() *message.Said { return &s.words().Said }
