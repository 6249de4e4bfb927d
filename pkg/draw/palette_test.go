package draw

import (
	"image"
	"image/color"
	"testing"
)

func TestFewColoursStayAsTheyAre(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 16, 16))
	for i := range 256 {
		img.Set(i%16, i/16, color.RGBA{uint8(i), uint8(255 - i), 7, 255})
	}
	got := indexed(img)
	for i := range 256 {
		if want := img.At(i%16, i/16); got.At(i%16, i/16) != want {
			t.Errorf("pixel %d is %v, want %v", i, got.At(i%16, i/16), want)
		}
	}
}

func TestOfManyColoursTheRarestGiveWayToTheNearest(t *testing.T) {
	// 300 greys and blues, each twice, but the last 44 once.
	img := image.NewRGBA(image.Rect(0, 0, 300, 2))
	at := func(i int) color.RGBA { return color.RGBA{0, uint8(i / 2), uint8(i % 2 * 3), 255} }
	for i := range 300 {
		img.Set(i, 0, at(i))
		img.Set(i, 1, at(i%256))
	}
	got := indexed(img)
	if len(got.Palette) != 256 {
		t.Fatalf("%d colours, want 256", len(got.Palette))
	}
	for i := range 256 {
		if got.At(i, 0) != at(i) {
			t.Errorf("a frequent colour became %v, want %v", got.At(i, 0), at(i))
		}
	}
	// The nearest to 0, 149, 3 that is left is 0, 127, 3.
	if want := at(255); got.At(299, 0) != want {
		t.Errorf("a rare colour became %v, want %v", got.At(299, 0), want)
	}
}
