package lang

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// The marks of Unicode between which text has a direction of its own and takes
// none of that around it: FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
const (
	isolateOpen  = "\u2068"
	isolateClose = "\u2069"
)

// isolate keeps a name that is written from right to left from turning round
// the numbers and signs beside it. Any other text stays as it is, and so does
// one with names that are isolated already.
func isolate(s string) string {
	if strings.Contains(s, isolateOpen) || !strings.ContainsFunc(s, rightToLeft) {
		return s
	}
	return isolateOpen + s + isolateClose
}

func rightToLeft(r rune) bool {
	properties, _ := bidi.LookupRune(r)
	class := properties.Class()
	return class == bidi.R || class == bidi.AL
}

// isolated is a copy of the arguments, with each string kept by itself.
func (a Args) isolated() Args {
	kept := make(Args, len(a))
	for name, value := range a {
		if s, ok := value.(string); ok {
			value = isolate(s)
		}
		kept[name] = value
	}
	return kept
}
