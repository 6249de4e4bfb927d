package render_test

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

func workbook(t testing.TB, r report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := render.XLSX(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWorkbookHasASheetForEachSection(t *testing.T) {
	names := sheetNames(t, parts(t, workbook(t, exampleReport(t, "distribuidora", "es"))))
	want := []string{"Resumen", "Prioridades", "Valor y esfuerzo", "Mapa", "Conexiones", "Referencias", "Errores", "Puntos de error", "Flujos automáticos", "Si falla", "Vigilancia",
		"Al llegar un aviso", "Hallazgos", "Flujo de caja", "Seguridad", "Supuestos", "No se cuenta", "Próximos pasos", "Flujos", "Cálculo", "Juntos", "Horas repetidas", render.InputSheet}
	if !slices.Equal(names, want) {
		t.Errorf("sheets %q, want %q", names, want)
	}
}

func TestEqualReportsGiveEqualBytes(t *testing.T) {
	for _, f := range formats() {
		var first, second bytes.Buffer
		for _, out := range []*bytes.Buffer{&first, &second} {
			if err := f.write(out, exampleReport(t, "tienda", "en")); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: two runs differ", f.name)
		}
	}
}

// A viewer that computes nothing shows stored values: each formula has one, of
// the right type.
func TestFormulasHaveStoredValuesOfTheirType(t *testing.T) {
	n := 0
	for _, rows := range sheets(t, parts(t, workbook(t, exampleReport(t, "distribuidora", "en")))) {
		for _, row := range rows {
			for _, c := range row {
				if c.Formula == "" {
					continue
				}
				n++
				_, err := strconv.ParseFloat(c.text(), 64)
				if isWord := c.text() == "never" || c.text() == "not known" || c.text() == ""; err == nil && c.Type == "str" || err != nil && (c.Type != "str" || !isWord) {
					t.Errorf("%s: %q of type %q", c.Ref, c.text(), c.Type)
				}
				if strings.Contains(c.Formula, "#REF") || regexp.MustCompile(`[A-Z]0:`).MatchString(c.Formula) {
					t.Errorf("%s: %s", c.Ref, c.Formula)
				}
			}
		}
	}
	if n < 500 {
		t.Errorf("%d formulas, want benefit, payback and totals of 27 flows", n)
	}
}

func TestATablesHeadingsStayInViewAndCanBeFiltered(t *testing.T) {
	all := parts(t, workbook(t, exampleReport(t, "distribuidora", "es")))
	sheet := string(all["xl/worksheets/sheet2.xml"])
	for _, want := range []string{
		`<pane activePane="bottomRight" state="frozen" topLeftCell="C5" xSplit="2" ySplit="4"`,
		`<autoFilter ref="$A$4:$L$31"`, // with the keys: sorting must not part them from their rows
		`orientation="landscape"`, `paperSize="9"`, `fitToWidth="1"`, `fitToHeight="1"`, `<pageSetUpPr fitToPage="true"`,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the sheet of priorities lacks %s", want)
		}
	}
	if !strings.Contains(string(all["xl/workbook.xml"]), `&#39;Prioridades&#39;!$4:$4`) {
		t.Error("the headings do not stand on each printed page")
	}
}

func TestTheMapStandsInTheWorkbookWithItsWords(t *testing.T) {
	all := parts(t, workbook(t, exampleReport(t, "distribuidora", "es")))
	if !strings.Contains(string(all["xl/worksheets/sheet4.xml"]), "<drawing ") {
		t.Error("the sheet of the map has no drawing")
	}
	if !bytes.HasPrefix(all["xl/media/image1.png"], []byte("\x89PNG")) {
		t.Error("there is no picture")
	}
	if !strings.Contains(string(all["xl/drawings/drawing3.xml"]), `descr="A map of Distribuciones Levante S.L."`) {
		t.Error("the picture has no text for those who cannot see it")
	}
}

func TestAWorkbookSaysWhoseItIs(t *testing.T) {
	r := exampleReport(t, "distribuidora", "es")
	core := string(parts(t, workbook(t, r))["docProps/core.xml"])
	for _, want := range []string{
		"<dc:title>Datos que se pasan a mano en Distribuciones Levante S.L.</dc:title>", "<dc:creator>Levante Consultores</dc:creator>",
		`<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-20T00:00:00Z</dcterms:created>`,
	} {
		if !strings.Contains(core, want) {
			t.Errorf("properties lack %s: %s", want, core)
		}
	}
	r.Meta.Date, r.Meta.Firm = "", ""
	core = string(parts(t, workbook(t, r))["docProps/core.xml"])
	if strings.Contains(core, "dcterms:created") || !strings.Contains(core, "<dc:creator>flowmap</dc:creator>") {
		t.Errorf("without date and firm: %s", core)
	}
}

// Sorting a sheet must change no figure: what stands on other rows and sheets
// is found by its key.
func TestFormulasFindOtherRowsByTheirKeys(t *testing.T) {
	direct := regexp.MustCompile(`'!\$?[A-Z]+\$?[0-9]+([^:0-9]|$)`)
	all := parts(t, workbook(t, exampleReport(t, "tienda", "en")))
	for i, rows := range sheets(t, all) {
		if i == 0 {
			continue // the summary's own figures and totals have fixed places
		}
		for _, row := range rows {
			for _, c := range row {
				// The months stand in their order, which nobody sorts.
				if m := direct.FindString(strings.ReplaceAll(c.Formula, "'Cash flow'!", "")); m != "" {
					t.Errorf("sheet %d, %s refers to a certain cell: %s", i+1, c.Ref, c.Formula)
				}
			}
		}
	}
}

// A report for one audience may lack the sheets that formulas look into.
func TestFormulasWithoutTheirSheetsAreValues(t *testing.T) {
	r := exampleReport(t, "tienda", "en").For(report.Proposal)
	out := workbook(t, r)
	for _, why := range disagreements(printer(t, "en"), readWorkbook(t, out, r), r, true) {
		t.Error(why)
	}
	for _, rows := range sheets(t, parts(t, out)) {
		for _, row := range rows {
			for _, c := range row {
				if strings.Contains(c.Formula, "Calculation") || strings.Contains(c.Formula, "''!") {
					t.Errorf("%s: %s", c.Ref, c.Formula)
				}
			}
		}
	}
}

func TestMoneyIsWrittenAsTheLanguageWritesIt(t *testing.T) {
	for language, want := range map[string]string{"es": `#,##0&#34;\u00a0€&#34;`, "en": `&#34;€&#34;#,##0`} {
		want = strings.ReplaceAll(want, `\u00a0`, "\u00a0")
		styles := string(parts(t, workbook(t, exampleReport(t, "tienda", language)))["xl/styles.xml"])
		if !strings.Contains(styles, want) {
			t.Errorf("%s: no format %s", language, want)
		}
	}
}

// Excel takes columns from left to right alone.
func TestColumnsStandInTheirOrder(t *testing.T) {
	for name, text := range parts(t, workbook(t, exampleReport(t, "tienda", "en"))) {
		last := 0
		for _, m := range regexp.MustCompile(`<col min="([0-9]+)" max="([0-9]+)"`).FindAllSubmatch(text, -1) {
			from, _ := strconv.Atoi(string(m[1]))
			if from <= last {
				t.Errorf("%s: column %d after %d", name, from, last)
			}
			last, _ = strconv.Atoi(string(m[2]))
		}
	}
}
