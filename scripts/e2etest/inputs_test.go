//go:build e2e

package e2etest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// wbInput is a row of the workbook's hidden sheet: a cell that a reader may
// change, and where its number stands in the workspace.
type wbInput struct {
	sheet, ref string  // the cell
	path, unit string  // of the workspace
	scale      float64 // the workspace's number is this many times the cell's
	value      float64
	known      bool // it has a value
	row        string
	line       string // of the hidden sheet
}

var lookedUp = regexp.MustCompile(`INDEX\('?([^'!]+)'?!\$([A-Z]+)\$\d+:\$[A-Z]+\$\d+,MATCH\(\$B\d+,'?[^'!]+'?!\$A\$(\d+):\$A\$(\d+)`)

// inputsOf reads the hidden sheet.
func inputsOf(t *testing.T, all []cell) []wbInput {
	t.Helper()
	rows := map[string]map[string]cell{} // of the hidden sheet, by row and column
	keys := map[string]string{}          // sheet, key of a row, → number of the row
	for _, c := range all {
		column := strings.TrimRight(c.ref, "0123456789")
		if c.sheet == "flowmap-inputs" {
			if rows[c.row()] == nil {
				rows[c.row()] = map[string]cell{}
			}
			rows[c.row()][column] = c
		} else if column == "A" {
			keys[c.sheet+"!"+c.row()] = c.text
		}
	}
	var inputs []wbInput
	for n := 2; rows[strconv.Itoa(n)] != nil; n++ {
		r := rows[strconv.Itoa(n)]
		m := lookedUp.FindStringSubmatch(r["H"].formula)
		if m == nil {
			t.Fatalf("row %d of the hidden sheet looks nothing up: %s", n, r["H"].formula)
		}
		in := wbInput{sheet: m[1], path: r["D"].text, unit: r["E"].text, row: r["B"].text, line: strconv.Itoa(n)}
		in.scale, _ = r["F"].number()
		in.value, in.known = r["G"].number()
		first, _ := strconv.Atoi(m[3])
		last, _ := strconv.Atoi(m[4])
		for i := first; i <= last; i++ {
			if keys[m[1]+"!"+strconv.Itoa(i)] == in.row {
				in.ref = m[2] + strconv.Itoa(i)
			}
		}
		if in.ref == "" {
			t.Fatalf("the input %s %s is on no sheet", in.path, in.row)
		}
		inputs = append(inputs, in)
	}
	return inputs
}

// changed is the value that a test puts into an input: near the old one, and
// allowed.
func (in wbInput) changed() float64 {
	switch {
	case !in.known:
		return 3
	case strings.HasSuffix(in.path, "horizon_months"), strings.HasSuffix(in.path, "ramp_up_months"), strings.HasSuffix(in.path, "headcount"):
		return in.value + 1
	case in.value == 0:
		return .25
	case in.value <= 1:
		return in.value * .9
	}
	return in.value * 1.1
}

// setting is the change as --set takes it.
func (in wbInput) setting(value float64) string {
	return in.path + "=" + audit.PlainNumber(value*in.scale) + in.unit
}

// with copies a workbook with one cell changed, and nothing stored beside the
// formulas.
func with(t *testing.T, file string, part string, ref string, value float64, to string) {
	t.Helper()
	whole := regexp.MustCompile(`(?s)<c r="` + ref + `"([^>]*?)(/>|>.*?</c>)`)
	kind := regexp.MustCompile(` t="[^"]*"`)
	parts := unzipped(t, file)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range parts {
		if sheetPart.MatchString(name) {
			content = storedValue.ReplaceAll(content, []byte("$1"))
		}
		if name == part {
			m := whole.FindSubmatchIndex(content)
			if m == nil {
				t.Fatalf("%s has no cell %s", part, ref)
			}
			style := kind.ReplaceAll(content[m[2]:m[3]], nil)
			fresh := fmt.Appendf(nil, `<c r="%s"%s><v>%s</v></c>`, ref, style, strconv.FormatFloat(value, 'f', -1, 64))
			content = bytes.Join([][]byte{content[:m[0]], fresh, content[m[1]:]}, nil)
		}
		entry, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// partOf finds the part of a sheet.
func partOf(t *testing.T, file, sheet string) string {
	t.Helper()
	parts := unzipped(t, file)
	for _, s := range parsedXML[xmlBook](t, parts["xl/workbook.xml"]).Sheets {
		for _, rel := range parsedXML[xmlRels](t, parts["xl/_rels/workbook.xml.rels"]).Rels {
			if s.Name == sheet && rel.ID == s.Rel {
				return "xl/" + strings.TrimPrefix(strings.TrimPrefix(rel.Target, "/"), "xl/")
			}
		}
	}
	t.Fatalf("there is no sheet %q", sheet)
	return ""
}

// rankedFlow is what rank --json says of a flow, as far as a workbook follows.
type rankedFlow struct {
	ID, Platform, Tier string
	Rank               *float64
	BenefitPerYear     *float64 `json:"benefit_per_year"`
	BuildCost          *float64 `json:"build_cost"`
	PaybackMonths      *float64 `json:"payback_months"`
	CashPaybackMonths  *float64 `json:"cash_payback_months"`
	NPV, ROI, IRR      *float64
	ErrorCostPerYear   *float64 `json:"error_cost_per_year"`
	HoursPerYear       *float64 `json:"hours_per_year"`
}

func rankedFlows(t *testing.T, args ...string) map[string]rankedFlow {
	t.Helper()
	doc := decoded[struct{ Flows []rankedFlow }](t, append([]string{"rank", "--json"}, args...)...)
	byID := map[string]rankedFlow{}
	for _, f := range doc.Flows {
		byID[f.ID] = f
	}
	return byID
}

// calculated reads the sheet of the arithmetic by the keys of its rows and the
// words of its headings.
func calculated(all []cell) map[string]map[string]cell {
	sheet, head := "", ""
	for _, c := range all {
		if c.text == "calculation" && strings.HasPrefix(c.ref, "A") {
			sheet, head = c.sheet, c.row()
		}
	}
	headings, keys := map[string]string{}, map[string]string{}
	for _, c := range all {
		if c.sheet != sheet {
			continue
		}
		column := strings.TrimRight(c.ref, "0123456789")
		if c.row() == head {
			headings[column] = c.text
		}
		if column == "A" {
			keys[c.row()] = c.text
		}
	}
	rows := map[string]map[string]cell{}
	for _, c := range all {
		if c.sheet != sheet || keys[c.row()] == "" {
			continue
		}
		if rows[keys[c.row()]] == nil {
			rows[keys[c.row()]] = map[string]cell{}
		}
		rows[keys[c.row()]][headings[strings.TrimRight(c.ref, "0123456789")]] = c
	}
	return rows
}

// Each input in turn is changed in the workbook, which LibreOffice works out
// anew, and in the workspace by --set: both give the same figures. What is found
// by searching stays in the workbook, so that flows for which another platform
// is chosen are left out of the comparison.
func TestEveryInputOfTheWorkbookDoesWhatSetDoes(t *testing.T) {
	for _, name := range examples {
		workspace, folder := example(t, name), t.TempDir()
		done(t, "report", workspace, "--only", "xlsx", "--language", "en", "-o", folder)
		file := filepath.Join(folder, "report.xlsx")
		base := rankedFlows(t, workspace)
		var tried []wbInput
		for i, in := range inputsOf(t, cells(t, file)) {
			// Of the larger example every fifth: the same columns come again in each row.
			if in.path != "" && (name == "tienda" || i%5 == 0) {
				tried = append(tried, in)
			}
		}
		if len(tried) < 20 {
			t.Fatalf("%s: only %d inputs have a place in the workspace", name, len(tried))
		}
		var files []string
		for i, in := range tried {
			to := filepath.Join(folder, fmt.Sprintf("changed-%d.xlsx", i))
			with(t, file, partOf(t, file, in.sheet), in.ref, in.changed(), to)
			files = append(files, to)
		}
		worked := func(i int) []cell { return cells(t, filepath.Join(folder, "worked", filepath.Base(files[i]))) }
		for some := range slices.Chunk(files, 10) {
			out := opened(t, "xlsx:Calc MS Excel 2007 XML", some...)
			if err := os.CopyFS(filepath.Join(folder, "worked"), os.DirFS(out)); err != nil {
				t.Fatal(err)
			}
		}
		for i, in := range tried {
			worked := worked(i)
			withoutErrors(t, worked)
			args := []string{workspace, "--set", in.setting(in.changed())}
			if flow, field, _ := strings.Cut(strings.TrimPrefix(in.path, "flows."), "."); strings.HasPrefix(field, "solution.") && base[flow].Platform != "" {
				args = append(args, "--set", "flows."+flow+".solution.platform="+base[flow].Platform)
			}
			compareRanked(t, name+": "+in.setting(in.changed()), base, rankedFlows(t, args...), calculated(worked))
		}
	}
}

func compareRanked(t *testing.T, what string, base, ranked map[string]rankedFlow, rows map[string]map[string]cell) {
	t.Helper()
	for id, want := range ranked {
		if want.Platform != base[id].Platform || want.Tier != base[id].Tier {
			continue
		}
		for heading, figure := range map[string]*float64{
			"Hours a year": want.HoursPerYear, "Benefit a year": want.BenefitPerYear, "Cost of building": want.BuildCost,
			"Payback (months)": want.PaybackMonths, "Payback on cash alone (months)": want.CashPaybackMonths,
			"Value today (NPV)": want.NPV, "Return on what is spent": want.ROI, "Return a year (IRR)": want.IRR,
		} {
			got, isNumber := rows[id][heading].number()
			switch {
			case figure == nil && isNumber, figure != nil && !(isNumber && close9(got, *figure)):
				text, _ := json.Marshal(figure)
				t.Errorf("%s: %s, %q is %q in the workbook, %s by rank", what, id, heading, rows[id][heading].text, text)
			}
		}
	}
}
