package draw

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// shades is how many colours a picture may have when it is written by their
// numbers, one byte a pixel.
const shades = 256

// indexed is the picture with at most 256 colours: a third of the bytes, and
// written in half the time. A drawing has a few colours and, at their edges,
// shades of them; of these the rarest give way to the nearest that is left, but
// none of first.
func indexed(img *image.RGBA, first ...Colour) *image.Paletted {
	out := image.NewPaletted(img.Rect, nil)
	numbers := map[[4]uint8]uint8{}
	common := byCount(img)
	chosen := map[[4]uint8]bool{}
	for _, c := range first {
		chosen[[4]uint8{c.R, c.G, c.B, 0xff}] = true
	}
	slices.SortStableFunc(common, func(a, b [4]uint8) int {
		switch {
		case chosen[a] == chosen[b]:
			return 0
		case chosen[a]:
			return -1
		}
		return 1
	})
	for i, c := range common[:min(len(common), shades)] {
		out.Palette = append(out.Palette, color.RGBA{c[0], c[1], c[2], c[3]})
		numbers[c] = uint8(i)
	}
	for _, c := range common[min(len(common), shades):] {
		numbers[c] = nearest(common[:shades], c)
	}
	last, number := [4]uint8{}, uint8(0)
	for i := range out.Pix {
		// Most pixels are as the one before them.
		if c := [4]uint8(img.Pix[4*i:]); i == 0 || c != last {
			last, number = c, numbers[c]
		}
		out.Pix[i] = number
	}
	return out
}

// byCount lists a picture's colours, the most frequent first.
func byCount(img *image.RGBA) [][4]uint8 {
	counts := map[[4]uint8]int{}
	for from := 0; from < len(img.Pix); {
		c, to := [4]uint8(img.Pix[from:]), from+4
		for to < len(img.Pix) && [4]uint8(img.Pix[to:]) == c {
			to += 4
		}
		counts[c] += (to - from) / 4
		from = to
	}
	var out [][4]uint8
	for c := range counts {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b [4]uint8) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), slices.Compare(a[:], b[:]))
	})
	return out
}

// nearest is the number of the colour that differs least from c.
func nearest(palette [][4]uint8, c [4]uint8) uint8 {
	best, least := 0, 1<<30
	for i, p := range palette {
		apart := 0
		for k := range c {
			d := int(p[k]) - int(c[k])
			apart += d * d
		}
		if apart < least {
			best, least = i, apart
		}
	}
	return uint8(best)
}
