package draw

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"
)

func rendered(t *testing.T, d Drawing, dpi float64) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := PNG(&b, d, dpi); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// is tells whether a pixel has a colour.
func is(img image.Image, x, y int, c Colour) bool {
	r, g, b, _ := img.At(x, y).RGBA()
	wr, wg, wb, _ := color.RGBA{c.R, c.G, c.B, 255}.RGBA()
	return r == wr && g == wg && b == wb
}

// inked counts the pixels of a rectangle that are not white.
func inked(img image.Image, r image.Rectangle) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if !is(img, x, y, RGB(0xffffff)) {
				n++
			}
		}
	}
	return n
}

func TestPNGHasTheSizeOfItsResolution(t *testing.T) {
	// 200 by 100 points at 144 dots an inch are 400 by 200.
	if got := rendered(t, sheet(), 144).Bounds().Size(); got != (image.Point{400, 200}) {
		t.Errorf("%v, want 400 by 200", got)
	}
}

func TestPNGHasAtMostTwelveMegapixels(t *testing.T) {
	d := Drawing{Width: 20000, Height: 5000}
	got := rendered(t, d, 300).Bounds().Size()
	if n := got.X * got.Y; n > 12_010_000 || n < 11_900_000 {
		t.Errorf("%v are %d pixels, want some 12 million", got, n)
	}
	if ratio := float64(got.X) / float64(got.Y); math.Abs(ratio-4) > 0.01 {
		t.Errorf("%v is not four times as wide as high", got)
	}
}

func TestPNGFillsAndStrokesWhereTheShapeIs(t *testing.T) {
	red, blue, white := RGB(0xff0000), RGB(0x0000ff), RGB(0xffffff)
	img := rendered(t, sheet(Group{Marks: []Mark{
		Shape{Path: Rect(20, 20, 60, 40, 0), Fill: red, Stroke: Stroke{Colour: blue, Width: 4}},
		Shape{Path: Path{}.MoveTo(100, 50).LineTo(200, 50), Stroke: Stroke{Colour: blue, Width: 4, Dash: []float64{10, 10}}},
	}}), 72)
	for _, c := range []struct {
		x, y int
		want Colour
	}{
		{50, 40, red}, {20, 40, blue}, {79, 40, blue}, {50, 19, blue}, {10, 40, white}, {90, 40, white},
		{105, 50, blue}, {115, 50, white}, {125, 50, blue}, {105, 55, white},
	} {
		if !is(img, c.x, c.y, c.want) {
			t.Errorf("pixel %d, %d is %v, want %v", c.x, c.y, img.At(c.x, c.y), c.want)
		}
	}
}

func TestPNGHasTextOfTheMeasuredWidth(t *testing.T) {
	wide := int(math.Ceil(Width("HHHH", 20, true)))
	for _, c := range []struct {
		anchor Anchor
		left   int
	}{{Start, 100}, {"", 100}, {Middle, 100 - wide/2}, {End, 100 - wide}} {
		img := rendered(t, sheet(Text{At: Point{100, 50}, String: "HHHH", Size: 20, Bold: true, Colour: ink, Anchor: c.anchor}), 72)
		within := image.Rect(c.left-1, 34, c.left+wide+1, 52)
		if all, in := inked(img, img.Bounds()), inked(img, within); in == 0 || all != in {
			t.Errorf("anchor %q: %d pixels, of which %d where they should be", c.anchor, all, in)
		}
	}
}

func TestPNGShowsABoxForWhatTheFontsHaveNot(t *testing.T) {
	img := rendered(t, sheet(Text{At: Point{50, 80}, String: "漢", Size: 60, Colour: ink}), 72)
	// A frame as wide as the font is high, and nothing in it.
	if n := inked(img, image.Rect(50, 36, 110, 82)); n < 300 {
		t.Errorf("%d pixels of a box, want at least 300", n)
	}
	if n := inked(img, image.Rect(62, 50, 98, 68)); n != 0 {
		t.Errorf("%d pixels within the box, want none", n)
	}
}

func TestHostileNamesAreDrawn(t *testing.T) {
	for _, s := range hostile {
		rendered(t, sheet(label(s, 9)), 72)
	}
}

func TestEqualDrawingsGiveEqualBytes(t *testing.T) {
	d := sheet(Shape{Path: Circle(50, 50, 30), Fill: ink}, label("Order ñ €", 12))
	var a, b bytes.Buffer
	if err := PNG(&a, d, 150); err != nil {
		t.Fatal(err)
	}
	if err := PNG(&b, d, 150); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the bytes differ")
	}
}

func TestPNGWithoutAResolutionIsAnError(t *testing.T) {
	for _, dpi := range []float64{0, -1, math.NaN()} {
		if err := PNG(&bytes.Buffer{}, sheet(), dpi); err == nil {
			t.Errorf("%v dots an inch: no error", dpi)
		}
	}
}
