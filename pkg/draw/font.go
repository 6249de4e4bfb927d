package draw

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// em is the size at which the fonts are read: outlines and widths are scaled
// from it.
const em = 2048

// face is one of the embedded fonts. The widths of European letters, most of
// what is measured, are looked up.
type face struct {
	font     *sfnt.Font
	advances []float64 // of each rune below latin
}

// latin is where the blocks of Latin letters end.
const latin = 0x250

// The fonts are read when first needed, and once.
var (
	regular = sync.OnceValues(func() (face, error) { return parse(liberationsansregular.TTF) })
	bold    = sync.OnceValues(func() (face, error) { return parse(liberationsansbold.TTF) })
)

func parse(ttf []byte) (face, error) {
	f, err := sfnt.Parse(ttf)
	all := face{font: f}
	var b sfnt.Buffer
	advances := make([]float64, latin)
	for r := range advances {
		advances[r] = all.measure(&b, rune(r))
	}
	all.advances = advances
	return all, err
}

func faceOf(heavy bool) (face, error) {
	if heavy {
		return bold()
	}
	return regular()
}

// glyph is the font's glyph for r; false where it has none.
func (f face) glyph(b *sfnt.Buffer, r rune) (sfnt.GlyphIndex, bool) {
	if f.font == nil {
		return 0, false
	}
	g, err := f.font.GlyphIndex(b, r)
	return g, err == nil && g != 0
}

// advance is how far r moves on, in shares of the font's size.
func (f face) advance(b *sfnt.Buffer, r rune) float64 {
	if 0 <= r && int(r) < len(f.advances) {
		return f.advances[r]
	}
	return f.measure(b, r)
}

func (f face) measure(b *sfnt.Buffer, r rune) float64 {
	if invisible(r) {
		return 0
	}
	if g, ok := f.glyph(b, r); ok {
		if a, err := f.font.GlyphAdvance(b, g, fixed.I(em), font.HintingNone); err == nil {
			return float64(a) / 64 / em
		}
	}
	if wide(r) {
		return 1
	}
	return 0.6
}

// invisible tells whether r takes no room of its own: accents that stand over
// the letter before, and marks of format.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

// wide tells whether r is as wide as the font is high: Chinese, Japanese,
// Korean, emoji.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x30ff || r >= 0xff01 && r <= 0xff60 || r >= 0x1f000 && r <= 0x1faff
}

// Width is how wide a line of text of the given size is, in points.
func Width(s string, size float64, heavy bool) float64 {
	// An embedded font that cannot be read leaves estimates here; PNG tells.
	f, _ := faceOf(heavy)
	width := 0.0
	for _, r := range line(s) {
		width += f.advance(nil, r)
	}
	return width * size
}

// Missing lists the texts of d, each once, that have characters which the
// embedded fonts have not: PNG shows these as boxes. An SVG is shown with the
// reader's own fonts and has all of them.
func Missing(d Drawing) []string {
	f, _ := regular()
	var b sfnt.Buffer
	var out []string
	walk(d.Marks, func(m Mark) {
		t, ok := m.(Text)
		if !ok || slices.Contains(out, t.String) {
			return
		}
		if strings.ContainsFunc(line(t.String), func(r rune) bool {
			_, has := f.glyph(&b, r)
			return !has && !invisible(r)
		}) {
			out = append(out, t.String)
		}
	})
	return out
}

// Wrap breaks s into at most lines lines that are no wider than width, at
// spaces that may be broken at, and within a word where one is too long. What does not fit is left
// out, with an ellipsis in its place.
func Wrap(s string, size float64, heavy bool, width float64, lines int) []string {
	var out []string
	rest := strings.Join(strings.FieldsFunc(line(s), func(r rune) bool { return r == ' ' }), " ")
	for rest != "" && len(out) < lines {
		if Width(rest, size, heavy) <= width {
			return append(out, rest)
		}
		if len(out) == lines-1 {
			return append(out, clip(rest, size, heavy, width))
		}
		head := fitting(rest, size, heavy, width)
		if space := strings.LastIndexByte(rest[:min(len(head)+1, len(rest))], ' '); space > 0 {
			head = rest[:space]
		}
		out = append(out, strings.TrimSpace(head))
		rest = strings.TrimSpace(rest[len(head):])
	}
	return out
}

// clip shortens s to width, with an ellipsis.
func clip(s string, size float64, heavy bool, width float64) string {
	return strings.TrimRight(fitting(s, size, heavy, width-Width("…", size, heavy)), " ,·") + "…"
}

// fitting is the longest beginning of s that is no wider than width; at least
// one character, and never without the accents that belong to its last one.
func fitting(s string, size float64, heavy bool, width float64) string {
	f, _ := faceOf(heavy)
	var b sfnt.Buffer
	at := 0.0
	for i, r := range s {
		if at += f.advance(&b, r) * size; at > width && i > 0 && !invisible(r) {
			return s[:i]
		}
	}
	return s
}
