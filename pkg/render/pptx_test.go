package render_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

func slides(t testing.TB, d render.Deck) map[string][]byte {
	t.Helper()
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		t.Fatal(err)
	}
	return parts(t, out.Bytes())
}

// slideTables reads the native tables of all slides, in order, and all text.
func slideTables(t testing.TB, all map[string][]byte) (tables []wordTable, prose string) {
	t.Helper()
	for n := 1; all[fmt.Sprintf("ppt/slides/slide%d.xml", n)] != nil; n++ {
		more, text := readTables(t, all[fmt.Sprintf("ppt/slides/slide%d.xml", n)])
		tables, prose = append(tables, more...), prose+text+" "
	}
	return tables, squeezed(prose)
}

// Each figure on a slide is that of the report's own cell, and each row of a
// table stands there or is counted.
func TestSlidesShowTheReportsFigures(t *testing.T) {
	for _, name := range []string{"distribuidora", "tienda"} {
		for _, language := range lang.Languages() {
			r := exampleReport(t, name, language)
			p := printer(t, language)
			tables, prose := slideTables(t, slides(t, render.Deck{Report: r}))
			figures, cells := 0, 0
			for _, s := range r.Slides(p) {
				if !strings.Contains(prose, squeezed(s.Title)) {
					t.Errorf("%s, %s: the title %q is missing", name, language, s.Title)
				}
				for _, b := range s.Blocks {
					switch b := b.(type) {
					case report.Figures:
						for _, f := range b.Figures {
							figures++
							if !strings.Contains(prose, squeezed(f.Label)) {
								t.Errorf("%s, %s: the figure %s is missing", name, language, f.Key)
							}
							if text := inDigits(p, f, r.Meta.Currency); text == "" || !strings.Contains(prose, squeezed(text)) {
								t.Errorf("%s, %s: the figure %s does not say %q", name, language, f.Key, text)
							}
						}
					case report.Table:
						cells += sameRows(t, p, tables[0], b, r.Meta.Currency)
						tables = tables[1:]
					case report.Chart:
						cells += sameRows(t, p, tables[0], b.Table, r.Meta.Currency)
						tables = tables[1:]
					}
				}
			}
			if figures < 4 || cells < 20 || len(tables) > 0 {
				t.Errorf("%s, %s: %d figures and %d cells were looked for, and %d tables are left", name, language, figures, cells, len(tables))
			}
		}
	}
}

// inDigits is the number of a key figure as people write it.
func inDigits(p lang.Printer, f report.Figure, currency string) string {
	switch c := f.Cell; {
	case c.Never():
		return p.Text("never", nil)
	case c.Kind == report.Money:
		return p.Money(c.Number, currency, 0)
	case c.Kind == report.Price:
		return p.Money(c.Number, currency, 2)
	case c.Kind == report.Hours, c.Kind == report.Months:
		return p.Number(c.Number, 1)
	}
	return ""
}

// sameRows compares the rows that stand on a slide, the first of the report's,
// and tells how many cells it saw.
func sameRows(t *testing.T, p lang.Printer, got wordTable, want report.Table, currency string) int {
	t.Helper()
	cells := 0
	if len(got) < 2 || len(got)-1 > len(want.Rows)+1 {
		t.Errorf("%s has %d rows on its slide, want up to %d", want.ID, len(got)-1, len(want.Rows))
	}
	for i, row := range got[1:] {
		if i >= len(want.Rows) {
			break
		}
		shown := 0
		for j, c := range want.Columns {
			if c.Hidden {
				continue
			}
			at := spot{want.ID, want.Rows[i].Key, c.Key}
			text := row[shown]
			shown++
			cells++
			if strings.HasSuffix(text, "…") {
				continue
			}
			if why := differs(p, found{text: map[spot]string{at: text}}, figure{spot: at, cell: want.Rows[i].Cells[j]}, currency); why != "" {
				t.Errorf("%v: %s", at, why)
			}
		}
	}
	return cells
}

func TestSlidesOfHostileNamesAreWhole(t *testing.T) {
	all := slides(t, render.Deck{Report: hostileReport(t)})
	for name, text := range all {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			wellFormed(t, name, text)
		}
		if strings.HasSuffix(name, ".rels") && bytes.Contains(text, []byte("External")) {
			t.Errorf("%s leads out of the file", name)
		}
	}
}

func TestEqualReportsGiveEqualSlides(t *testing.T) {
	r := exampleReport(t, "tienda", "es")
	var one, two bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &two} {
		if err := render.PPTX(b, r); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two presentations of one report differ")
	}
}

func TestSlidesTakeTheLayoutsOfATemplate(t *testing.T) {
	data, err := os.ReadFile("testdata/templates/libreoffice.pptx")
	if err != nil {
		t.Fatal(err)
	}
	template, err := render.ReadSlideTemplate(data)
	if err != nil {
		t.Fatal(err)
	}
	before := parts(t, data)
	all := slides(t, render.Deck{Report: exampleReport(t, "tienda", "es"), Template: template})
	for name, text := range before {
		if strings.HasPrefix(name, "ppt/slideMasters/slideMaster1.xml") || strings.HasPrefix(name, "ppt/theme/theme1.xml") {
			if !bytes.Equal(all[name], text) {
				t.Errorf("%s is not the template's own", name)
			}
		}
	}
	_, prose := slideTables(t, all)
	if strings.Contains(prose, "Plantilla de prueba") || !strings.Contains(prose, "Resumen") {
		t.Errorf("the slides say %q", prose)
	}
}

func TestWhatIsNoTemplateForSlidesIsRefused(t *testing.T) {
	var word, starter bytes.Buffer
	if err := render.StarterTemplate(&word, "en", namesForTest()); err != nil {
		t.Fatal(err)
	}
	if err := render.StarterSlides(&starter, "en"); err != nil {
		t.Fatal(err)
	}
	if _, err := render.ReadSlideTemplate(starter.Bytes()); err != nil {
		t.Errorf("our own starter is refused: %v", err)
	}
	changed := func(change func(*opc.Package)) []byte {
		p, err := opc.Open(starter.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		change(p)
		var b bytes.Buffer
		if err := p.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, data := range map[string][]byte{
		"no zip":          []byte("Dear Ana"),
		"a Word document": word.Bytes(),
		"half a file":     starter.Bytes()[:starter.Len()/2],
		"entities": changed(func(p *opc.Package) {
			p.Set("ppt/presentation.xml", []byte(`<!DOCTYPE p [<!ENTITY a "b">]><p:presentation xmlns:p="x">&a;</p:presentation>`), "")
		}),
		"no layouts": changed(func(p *opc.Package) {
			for _, name := range slices.Clone(p.Names()) {
				if strings.Contains(name, "slideLayout") {
					p.Remove(name)
				}
			}
		}),
	} {
		if _, err := render.ReadSlideTemplate(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
