package draw

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
)

// embedded is a style sheet with the letters that a drawing uses, as fonts of
// its own name, so that the machine's own fonts do not take their place.
func embedded(d Drawing) (string, error) {
	used := map[bool]map[rune]bool{false: {}, true: {}}
	walk(d.Marks, func(m Mark) {
		if t, ok := m.(Text); ok {
			for _, r := range line(t.String) {
				used[t.Bold][r] = true
			}
		}
	})
	var b strings.Builder
	b.WriteString("<style>")
	for _, heavy := range []bool{false, true} {
		if len(used[heavy]) == 0 {
			continue
		}
		ttf, weight := liberationsansregular.TTF, "normal"
		if heavy {
			ttf, weight = liberationsansbold.TTF, "bold"
		}
		f, err := faceOf(heavy)
		if err != nil {
			return "", fmt.Errorf("embedded font: %w", err)
		}
		font, err := woff(ttf, f, used[heavy])
		if err != nil {
			return "", fmt.Errorf("embedded font: %w", err)
		}
		fmt.Fprintf(&b, "@font-face{font-family:%q;font-weight:%s;src:url(data:font/woff;base64,%s) format(\"woff\")}\n",
			embeddedFamily, weight, base64.StdEncoding.EncodeToString(font))
	}
	b.WriteString("</style>\n")
	return b.String(), nil
}

// embeddedFamily is what the letters that an SVG carries are called.
const embeddedFamily = "flowmap"

// kept are the tables of a font that a browser needs; those of hints, kerning
// and signatures are left out.
var kept = []string{"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"}

var errFont = errors.New("the font is not as expected")

// woff is a TrueType font with the outlines of some letters alone, in the Web
// Open Font Format 1.0. All glyphs keep their numbers.
// https://www.w3.org/TR/WOFF/
func woff(ttf []byte, f face, letters map[rune]bool) ([]byte, error) {
	tables, err := split(ttf)
	if err != nil {
		return nil, err
	}
	if err := tables.thin(f, letters); err != nil {
		return nil, err
	}
	type part struct {
		tag             string
		raw, compressed []byte
	}
	var parts []part
	for _, tag := range kept {
		raw, ok := tables[tag]
		if !ok {
			continue
		}
		var z bytes.Buffer
		// The best level, which is the same bytes on every machine.
		w, err := zlib.NewWriterLevel(&z, zlib.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(raw); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		p := part{tag, raw, z.Bytes()}
		if len(p.compressed) >= len(raw) {
			p.compressed = raw
		}
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.tag, b.tag) })
	at, whole := 44+20*len(parts), 12+16*len(parts)
	var directory, body []byte
	for _, p := range parts {
		directory = append(directory, p.tag...)
		for _, n := range []int{at + len(body), len(p.compressed), len(p.raw), int(checksum(p.raw))} {
			directory = binary.BigEndian.AppendUint32(directory, uint32(n))
		}
		body = append(body, padded(p.compressed)...)
		whole += len(padded(p.raw))
	}
	out := []byte("wOFF\x00\x01\x00\x00")
	out = binary.BigEndian.AppendUint32(out, uint32(at+len(body)))
	out = binary.BigEndian.AppendUint16(out, uint16(len(parts)))
	out = append(out, 0, 0)
	out = binary.BigEndian.AppendUint32(out, uint32(whole))
	out = append(out, 0, 1, 0, 0)           // the version
	out = append(out, make([]byte, 5*4)...) // neither metadata nor private data
	return slices.Concat(out, directory, body), nil
}

func padded(b []byte) []byte {
	return append(slices.Clone(b), make([]byte, (4-len(b)%4)%4)...)
}

func checksum(b []byte) uint32 {
	sum := uint32(0)
	b = padded(b)
	for i := 0; i < len(b); i += 4 {
		sum += binary.BigEndian.Uint32(b[i:])
	}
	return sum
}

// sfntTables are a font's tables by their tags.
type sfntTables map[string][]byte

// split takes a TrueType font apart.
// https://learn.microsoft.com/typography/opentype/spec/otff
func split(ttf []byte) (sfntTables, error) {
	if len(ttf) < 12 {
		return nil, errFont
	}
	out := sfntTables{}
	for i := range int(binary.BigEndian.Uint16(ttf[4:])) {
		at := 12 + 16*i
		if at+16 > len(ttf) {
			return nil, errFont
		}
		from, long := int(binary.BigEndian.Uint32(ttf[at+8:])), int(binary.BigEndian.Uint32(ttf[at+12:]))
		if from+long > len(ttf) {
			return nil, errFont
		}
		out[string(ttf[at:at+4])] = slices.Clone(ttf[from : from+long])
	}
	return out, nil
}

// thin empties the outlines of all glyphs but those of some letters and of what
// these are put together from.
func (t sfntTables) thin(f face, letters map[rune]bool) error {
	head, loca, glyf := t["head"], t["loca"], t["glyf"]
	if len(head) < 54 || binary.BigEndian.Uint16(head[50:]) != 1 || len(loca) < 8 {
		return errFont // its table of glyphs has no long offsets
	}
	offset := func(g int) int { return int(binary.BigEndian.Uint32(loca[4*g:])) }
	count := len(loca)/4 - 1
	keep := map[int]bool{0: true}
	var b sfnt.Buffer
	var next []int
	for r := range letters {
		if g, ok := f.glyph(&b, r); ok {
			next = append(next, int(g))
		}
	}
	for len(next) > 0 {
		g := next[0]
		if next = next[1:]; keep[g] || g >= count {
			continue
		}
		keep[g] = true
		from, to := offset(g), offset(g+1)
		if from > to || to > len(glyf) {
			return errFont
		}
		next = append(next, parts(glyf[from:to])...)
	}
	var thinned, offsets []byte
	for g := range count {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(thinned)))
		if keep[g] {
			thinned = append(thinned, padded(glyf[offset(g):offset(g+1)])...)
		}
	}
	t["glyf"], t["loca"] = thinned, binary.BigEndian.AppendUint32(offsets, uint32(len(thinned)))
	// Without names of glyphs.
	if len(t["post"]) >= 32 {
		t["post"] = append([]byte{0, 3, 0, 0}, t["post"][4:32]...)
	}
	return nil
}

// parts are the glyphs that a glyph is put together from.
// https://learn.microsoft.com/typography/opentype/spec/glyf
func parts(glyph []byte) []int {
	if len(glyph) < 10 || int16(binary.BigEndian.Uint16(glyph)) >= 0 {
		return nil
	}
	const words, scaled, more, scaledApart, matrix = 0x1, 0x8, 0x20, 0x40, 0x80
	var out []int
	for at := 10; at+4 <= len(glyph); {
		flags := binary.BigEndian.Uint16(glyph[at:])
		out = append(out, int(binary.BigEndian.Uint16(glyph[at+2:])))
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scaled != 0:
			at += 2
		case flags&scaledApart != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			break
		}
	}
	return out
}
