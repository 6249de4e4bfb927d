package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean is s without what no format carries or shows as it is: bytes that are
// no UTF-8 and characters that XML forbids become U+FFFD, other control
// characters a space; the marks that turn the direction of the text around
// them go, since a name must not change how what stands beside it reads.
// Newlines stay.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case turns(r):
			return -1
		case r == '\t' || r == '\r' || r >= 0x7f && r <= 0x9f:
			return ' '
		case r < ' ' || r == 0xfffe || r == 0xffff:
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

// turns tells whether r embeds, overrides or isolates a direction of text.
func turns(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// line is s cleaned, on one line.
func line(s string) string {
	return strings.ReplaceAll(Clean(s), "\n", " ")
}

// escape is s cleaned and written so that it is text and nothing else, between
// the tags of XML and within the quotes of an attribute alike.
func escape(s string) string {
	return escapes.Replace(Clean(s))
}

// A newline in an attribute would be read as a space.
var escapes = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "\n", "&#10;",
)

// word keeps what may stand in a class or in the name of an attribute.
func word(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '-' {
			return r
		}
		return -1
	}, s)
}
