//go:build e2e

package e2etest

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func workbook(t *testing.T, workspace string) string {
	t.Helper()
	return filepath.Join(reported(t, workspace), "report.xlsx")
}

func TestMicrosoftsValidatorFindsNothingInTheWorkbook(t *testing.T) {
	for _, name := range examples {
		validated(t, workbook(t, example(t, name)))
	}
}

func validated(t *testing.T, file string) {
	t.Helper()
	r := start(t, nil, "ooxml-validator", file)
	if r.code != 0 || !strings.Contains(r.stdout, `"ok": true`) {
		t.Errorf("the validator ended with %d:\n%.4000s%s", r.code, r.stdout, r.stderr)
	}
}

// recalculateAlways is the setting of LibreOffice that works every formula of a file
// out on loading; without it, what is stored is trusted, right or wrong.
const recalculateAlways = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// libreOffice opens a file, works it out and saves it in another format; it returns
// the folder that holds what was saved.
func libreOffice(t *testing.T, file, format string) string {
	t.Helper()
	return opened(t, format, file)
}

// opened is libreOffice for several files in one run.
func opened(t *testing.T, format string, files ...string) string {
	t.Helper()
	profile, out := t.TempDir(), t.TempDir()
	settings := filepath.Join(profile, "user", "registrymodifications.xcu")
	if err := os.Mkdir(filepath.Dir(settings), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, []byte(recalculateAlways), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", format, "--outdir", out}
	program(t, "soffice", append(args, files...)...)
	return out
}

// recalculated are the cells of a workbook that LibreOffice works out with nothing
// stored.
func recalculated(t *testing.T, file string) []cell {
	t.Helper()
	return allRecalculated(t, file)[0]
}

// allRecalculated is recalculated for files of different names, in one run of
// LibreOffice.
func allRecalculated(t *testing.T, files ...string) [][]cell {
	t.Helper()
	bare := make([]string, len(files))
	for i, file := range files {
		bare[i] = stripped(t, file)
	}
	out := opened(t, "xlsx:Calc MS Excel 2007 XML", bare...)
	all := make([][]cell, len(files))
	for i, file := range bare {
		all[i] = cells(t, filepath.Join(out, filepath.Base(file)))
	}
	return all
}

// close9 tells whether two figures are one, to nine digits.
func close9(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

// worksOut fails for each formula whose stored value is not what LibreOffice makes
// of it when nothing is stored.
func worksOut(t *testing.T, stored, worked []cell) {
	t.Helper()
	places := map[string]cell{}
	for _, c := range worked {
		places[c.sheet+"!"+c.ref] = c
	}
	for _, c := range stored {
		if c.formula == "" {
			continue
		}
		got := places[c.sheet+"!"+c.ref]
		if got.formula == "" {
			t.Errorf("%s!%s: LibreOffice has no formula there for =%s", c.sheet, c.ref, c.formula)
		}
		was, isNumber := c.number()
		is, _ := got.number()
		if isNumber && !(got.kind == "n" && close9(was, is)) || !isNumber && c.text != got.text {
			t.Errorf("%s!%s: %q is stored, LibreOffice works out %q (%s) by =%s", c.sheet, c.ref, c.text, got.text, got.kind, c.formula)
		}
	}
}

var errorText = regexp.MustCompile(`^(#(NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)|Err:\d+)$`)

func withoutErrors(t *testing.T, all []cell) {
	t.Helper()
	for _, c := range all {
		if c.kind == "e" || errorText.MatchString(c.text) {
			t.Errorf("%s!%s is %s by =%s", c.sheet, c.ref, c.text, c.formula)
		}
	}
}

// rankJSON is what rank --json says, as far as a workbook works it out.
type rankJSON struct {
	Flows []struct {
		Rank    *int
		Name    string
		Benefit *float64 `json:"benefit_per_year"`
		Payback *float64 `json:"payback_months"`
	}
	Totals struct {
		Benefit float64 `json:"benefit_per_year"`
		Hours   float64 `json:"hours_per_week"`
	}
}

// The words never, unknown, yes and no stand in formulas in the language of the
// workbook, and so do the names of its sheets: both languages are worked out.
func TestLibreOfficeWorksOutTheWorkbook(t *testing.T) {
	var names, files []string
	ranks := map[string]rankJSON{}
	for _, example := range examples {
		for _, language := range languages {
			name := example + "-" + language
			names, files = append(names, name), append(files, workbookIn(t, example, language))
			ranks[name] = decoded[rankJSON](t, "rank", filepath.Join("..", "..", "examples", example), "--json")
		}
	}
	for i, worked := range allRecalculated(t, files...) {
		t.Run(names[i]+"/what is stored is what the formulas give", func(t *testing.T) {
			worksOut(t, cells(t, files[i]), worked)
		})
		t.Run(names[i]+"/no cell is an error", func(t *testing.T) {
			withoutErrors(t, worked)
		})
		t.Run(names[i]+"/benefit, payback and totals are formulas", func(t *testing.T) {
			live(t, worked, ranks[names[i]])
		})
	}
}

// languages are those that reports are written in.
var languages = []string{"en", "es"}

// workbookIn is the workbook of an example in a language, named after both.
func workbookIn(t *testing.T, name, language string) string {
	t.Helper()
	out := t.TempDir()
	done(t, "report", example(t, name), "--language", language, "--only", "xlsx", "-o", out)
	file := filepath.Join(out, name+"-"+language+".xlsx")
	if err := os.Rename(filepath.Join(out, "report.xlsx"), file); err != nil {
		t.Fatal(err)
	}
	return file
}

// live fails when a figure of the ranking is not the result of a formula.
func live(t *testing.T, worked []cell, rank rankJSON) {
	t.Helper()
	ranked := 0
	for _, flow := range rank.Flows {
		if flow.Rank == nil {
			continue
		}
		ranked++
		rows := rowsWith(worked, flow.Name)
		for what, figure := range map[string]*float64{"benefit": flow.Benefit, "payback": flow.Payback} {
			if figure != nil && !hasFormula(worked, rows, *figure) {
				t.Errorf("%s: no formula beside the name works out the %s, %g", flow.Name, what, *figure)
			}
		}
	}
	if ranked == 0 {
		t.Error("the ranking has no flow")
	}
	for what, figure := range map[string]float64{"benefit": rank.Totals.Benefit, "hours a week": rank.Totals.Hours} {
		if !hasFormula(worked, nil, figure) {
			t.Errorf("no formula works out the total of %s, %g", what, figure)
		}
	}
}

// rowsWith are the rows, by sheet and number, that have a cell with this text.
func rowsWith(all []cell, text string) map[string]bool {
	rows := map[string]bool{}
	for _, c := range all {
		if c.text == text {
			rows[c.sheet+"!"+c.row()] = true
		}
	}
	return rows
}

// hasFormula tells whether a formula in one of the rows, or anywhere if rows is nil,
// gives the figure.
func hasFormula(all []cell, rows map[string]bool, figure float64) bool {
	for _, c := range all {
		x, ok := c.number()
		if ok && c.formula != "" && close9(x, figure) && (rows == nil || rows[c.sheet+"!"+c.row()]) {
			return true
		}
	}
	return false
}

var (
	pages    = regexp.MustCompile(`Pages: +(\d+)`)
	pageSize = regexp.MustCompile(`Page +\d+ size: +([\d.]+) x ([\d.]+) pts`)
	// LibreOffice prints a number that is wider than its column as ###.
	unreadable = regexp.MustCompile(`###|#NAME\?|#REF!|#VALUE!|#DIV/0!|#N/A|Err:\d`)
)

// What a manager gets prints on thirty pages at most; with the sheets for those who
// build, and those on which plans are tried out, on fourteen more.
func TestTheWorkbookPrintsOnA4Landscape(t *testing.T) {
	for _, name := range examples {
		for audience, most := range map[string]int{"management": 30, "": 44} {
			printed(t, name, audience, most)
		}
	}
}

func printed(t *testing.T, name, audience string, most int) {
	t.Helper()
	t.Run(name+audience, func(t *testing.T) {
		folder := t.TempDir()
		args := []string{"report", example(t, name), "--only", "xlsx", "-o", folder}
		if audience != "" {
			args = append(args, "--audience", audience)
		}
		done(t, args...)
		file := filepath.Join(libreOffice(t, filepath.Join(folder, "report.xlsx"), "pdf"), "report.pdf")
		keep(t, file)
		info := program(t, "pdfinfo", "-l", "1000", file)
		count, err := strconv.Atoi(pages.FindStringSubmatch(info)[1])
		if err != nil || count < 2 || count > most {
			t.Errorf("it prints on %d pages, want 2 to %d", count, most)
		}
		for i, size := range pageSize.FindAllStringSubmatch(info, -1) {
			width, _ := strconv.ParseFloat(size[1], 64)
			height, _ := strconv.ParseFloat(size[2], 64)
			if math.Abs(width-842) > 2 || math.Abs(height-595) > 2 {
				t.Errorf("page %d is %g by %g points, want 842 by 595", i+1, width, height)
			}
		}
		if found := unreadable.FindString(program(t, "pdftotext", "-layout", file, "-")); found != "" {
			t.Errorf("a printed page shows %s", found)
		}
	})
}
