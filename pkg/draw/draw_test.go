package draw

import (
	"bytes"
	"math"
	"testing"
)

var ink = RGB(0x102030)

// sheet is a drawing of 200 by 100 points with a group of everything.
func sheet(marks ...Mark) Drawing {
	return Drawing{Width: 200, Height: 100, Title: "A sheet", Description: "Of things", Language: "en", Marks: marks}
}

func label(s string, size float64) Text {
	return Text{At: Point{10, 20}, String: s, Size: size, Colour: ink}
}

func TestLeastTextIsThatOfTheSmallestTextOnThePage(t *testing.T) {
	d := sheet(label("large", 20), Group{Marks: []Mark{label("small", 8), label("", 1)}})
	for _, c := range []struct {
		name          string
		width, height float64
		want          float64
	}{
		{"a page of the drawing's size", 200, 100, 8},
		{"a page half as wide", 100, 100, 4},
		{"a page a quarter as high", 200, 25, 2},
		{"a larger page leaves the drawing as it is", 800, 800, 8},
	} {
		if got := LeastText(d, c.width, c.height); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := LeastText(sheet(), 100, 100); got != 0 {
		t.Errorf("without texts: %v, want 0", got)
	}
}

func TestScaledScalesEveryLength(t *testing.T) {
	d := sheet(Group{Class: "node", Marks: []Mark{
		Shape{Path: Rect(1, 2, 3, 4, 0), Stroke: Stroke{Colour: ink, Width: 2, Dash: []float64{3, 1}}},
		Text{At: Point{5, 6}, String: "x", Size: 7, Spacing: 0.5, Colour: ink},
	}})
	got := d.Scaled(2)
	if got.Width != 400 || got.Height != 200 {
		t.Errorf("size is %v by %v, want 400 by 200", got.Width, got.Height)
	}
	marks := got.Marks[0].(Group).Marks
	shape, text := marks[0].(Shape), marks[1].(Text)
	if p := shape.Path[0].Points[0]; p != (Point{2, 4}) {
		t.Errorf("the rectangle begins at %v, want 2, 4", p)
	}
	if shape.Stroke.Width != 4 || shape.Stroke.Dash[0] != 6 || shape.Stroke.Dash[1] != 2 {
		t.Errorf("the stroke is %+v", shape.Stroke)
	}
	if text.At != (Point{10, 12}) || text.Size != 14 || text.Spacing != 1 {
		t.Errorf("the text is %+v", text)
	}
	if d.Marks[0].(Group).Marks[0].(Shape).Stroke.Dash[0] != 3 {
		t.Error("the drawing that was scaled has changed")
	}
}

func TestPlaceScalesAndThenMoves(t *testing.T) {
	got := Place([]Mark{label("x", 10)}, 3, Point{100, 200})[0].(Text)
	if got.At != (Point{130, 260}) || got.Size != 30 {
		t.Errorf("placed at %v with size %v, want 130, 260 and 30", got.At, got.Size)
	}
}

func TestClassesCountsGroupsWithinGroups(t *testing.T) {
	d := sheet(Group{Class: "edge", Marks: []Mark{Group{Class: "node"}, Group{Class: "edge"}}}, Group{Class: "edge"})
	if edges, nodes := Classes(d, "edge"), Classes(d, "node"); edges != 3 || nodes != 1 {
		t.Errorf("%d edges and %d nodes, want 3 and 1", edges, nodes)
	}
}

func TestWhatHasNoPlaceIsAnError(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, d := range map[string]Drawing{
		"no width":       {Height: 10},
		"no height":      {Width: 10},
		"width NaN":      {Width: nan, Height: 10},
		"endless":        {Width: inf, Height: 10},
		"kilometres":     {Width: 1e7, Height: 10},
		"shape at NaN":   sheet(Shape{Path: Path{}.MoveTo(nan, 1)}),
		"text endless":   sheet(Text{String: "x", Size: inf}),
		"width of a pen": sheet(Group{Marks: []Mark{Shape{Stroke: Stroke{Width: nan}}}}),
	} {
		var b bytes.Buffer
		if err := SVG(&b, d); err == nil {
			t.Errorf("%s: SVG gave no error", name)
		}
		if err := PNG(&b, d, 96); err == nil {
			t.Errorf("%s: PNG gave no error", name)
		}
		if b.Len() > 0 {
			t.Errorf("%s: %d bytes were written", name, b.Len())
		}
	}
}

func TestColoursAreReadAndWritten(t *testing.T) {
	c, err := Hex("#0F766e")
	if err != nil || c != RGB(0x0f766e) || c.String() != "#0f766e" {
		t.Errorf("%v, %v, want #0f766e", c, err)
	}
	if got := (Colour{}).String(); got != "none" {
		t.Errorf("the zero colour is %q, want none", got)
	}
	for _, s := range []string{"", "0f766e", "#0f766", "#0f766e0", "#0f766g", "#+f766e", "red", "#ñ766e"} {
		if c, err := Hex(s); err == nil {
			t.Errorf("%q was read as %v", s, c)
		}
	}
	if got := RGB(0x000000).Mix(RGB(0xffffff), 0.2); got != RGB(0x333333) {
		t.Errorf("black with a fifth of white is %v, want #333333", got)
	}
}

func TestContrast(t *testing.T) {
	black, white := RGB(0), RGB(0xffffff)
	if got := Contrast(black, white); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white: %v, want 21", got)
	}
	if got := Contrast(white, white); got != 1 {
		t.Errorf("white on white: %v, want 1", got)
	}
	// #767676 is known as the lightest grey that passes AA on white.
	if got := Contrast(RGB(0x767676), white); got < 4.5 || got > 4.6 {
		t.Errorf("#767676 on white: %v, want just over 4.5", got)
	}
}

func TestReadableDarkensOnlyWhatNeedsIt(t *testing.T) {
	white := RGB(0xffffff)
	if got := RGB(0x0f766e).Readable(); got != RGB(0x0f766e) {
		t.Errorf("a dark teal became %v", got)
	}
	for _, c := range []uint32{0xffff00, 0xffffff, 0xff9900, 0x00ffff} {
		if got := RGB(c).Readable(); Contrast(got, white) < 4.5 {
			t.Errorf("%v became %v, with contrast %.2f", RGB(c), got, Contrast(got, white))
		}
	}
}

func TestRoundedCornersStayWithinTheRectangle(t *testing.T) {
	for _, r := range []float64{0, 3, 10, 1000} {
		for _, s := range Rect(10, 20, 40, 20, r) {
			for i := range s.Kind.used() {
				if p := s.Points[i]; p.X < 10 || p.X > 50 || p.Y < 20 || p.Y > 40 {
					t.Errorf("radius %v: %v is outside", r, p)
				}
			}
		}
	}
}
