package draw

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The widths of Arial, which Liberation Sans shares, in 2048ths of the size.
func TestWidthsAreThoseOfArial(t *testing.T) {
	for _, c := range []struct {
		s    string
		bold bool
		want float64
	}{
		{"A", false, 1366}, {"i", false, 455}, {" ", false, 569}, {"€", false, 1139}, {"ñ", false, 1139},
		{"A", true, 1479}, {"i", true, 569},
		{"Ai", false, 1366 + 455}, {"", false, 0},
		{"漢", false, 2048},       // as wide as high
		{"n\u0303", false, 1139}, // a tilde over an n takes no room of its own
		{"\u202eA", false, 1366}, // nor does a mark that turns text around
	} {
		if got := Width(c.s, 2048, c.bold); math.Abs(got-c.want) > 0.5 {
			t.Errorf("%q, bold %v: %v, want %v", c.s, c.bold, got, c.want)
		}
	}
	if got := Width("A", 10, false); math.Abs(got-6.67) > 0.005 {
		t.Errorf("A at 10 points is %v wide, want 6.67", got)
	}
}

func TestWrap(t *testing.T) {
	w := func(s string) float64 { return Width(s, 10, false) + 0.01 }
	for _, c := range []struct {
		name, s string
		width   float64
		lines   int
		want    []string
	}{
		{"what fits stays whole", "Sales order", w("Sales order"), 2, []string{"Sales order"}},
		{"breaks at a space", "Sales order", w("Sales orde"), 2, []string{"Sales", "order"}},
		{"fills the line first", "a b c d", w("a b"), 2, []string{"a b", "c d"}},
		{"the space after a full line goes", "aaa bbb", w("aaa"), 2, []string{"aaa", "bbb"}},
		{"breaks a word that is too long", "aaaaaa", w("aaa"), 2, []string{"aaa", "aaa"}},
		{"ends with an ellipsis", "aaaaaaaaa", w("aaa…"), 1, []string{"aaa…"}},
		{"no space before the ellipsis", "aaa bbbbbb", w("aaa …"), 1, []string{"aaa…"}},
		{"spaces are one", "  a \t b\nc ", 100, 2, []string{"a b c"}},
		{"one that must not be broken stays", "12\u00a0h by hand", w("12\u00a0h by"), 2, []string{"12\u00a0h by", "hand"}},
		{"nothing gives nothing", "   ", 100, 2, nil},
		{"no lines gives nothing", "a", 100, 0, nil},
	} {
		if got := Wrap(c.s, 10, false, c.width, c.lines); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWrapEndsAndKeepsAccentsWithTheirLetters(t *testing.T) {
	// Narrower than any letter: each line takes one all the same.
	got := Wrap("n\u0303n\u0303n\u0303", 10, false, 0.1, 9)
	if want := []string{"n\u0303", "n\u0303", "n\u0303"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("Sales order, Customer", 40.0, 3)
	f.Add("漢字 \u0301 ñ\u202e", 5.0, 2)
	f.Add(strings.Repeat("x", 500), 90.0, 2)
	f.Fuzz(func(t *testing.T, s string, width float64, lines int) {
		if math.IsNaN(width) || lines > 50 {
			return
		}
		got := Wrap(s, 10, false, width, lines)
		if len(got) > max(lines, 0) {
			t.Fatalf("%d lines, want at most %d", len(got), lines)
		}
		for _, l := range got {
			if !utf8.ValidString(l) || strings.TrimSpace(l) == "" && strings.TrimSpace(Clean(s)) != "" && !strings.ContainsFunc(Clean(s), invisible) && !strings.ContainsAny(l, "\u00a0\u2003\u3000") {
				t.Fatalf("line %q of %q", l, got)
			}
			if w := Width(l, 10, false); w > width+0.01 && utf8.RuneCountInString(strings.TrimRight(l, "…")) > 1 && !strings.ContainsFunc(l, invisible) {
				t.Fatalf("line %q is %v wide, want at most %v", l, w, width)
			}
		}
	})
}

func TestMissingNamesTextsThatTheFontsCannotShow(t *testing.T) {
	d := sheet(label("ñ € ü – Ł Ω Ж", 9), label("漢字", 9),
		Group{Marks: []Mark{label("مرحبا", 9), label("漢字", 9), label("n\u0303", 9)}})
	if got, want := Missing(d), []string{"漢字", "مرحبا"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheEmbeddedFontsCanBeRead(t *testing.T) {
	for _, heavy := range []bool{false, true} {
		if f, err := faceOf(heavy); err != nil || f.font == nil {
			t.Errorf("bold %v: %v", heavy, err)
		}
	}
}
