//go:build e2e

package e2etest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// withText copies a workbook with one text chosen anew, and nothing stored
// beside the formulas.
func withText(t *testing.T, file, part, ref, text, to string) {
	t.Helper()
	whole := regexp.MustCompile(`(?s)<c r="` + ref + `"([^>]*?)(/>|>.*?</c>)`)
	style := regexp.MustCompile(` s="\d+"`)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range unzipped(t, file) {
		if sheetPart.MatchString(name) {
			content = storedValue.ReplaceAll(content, []byte("$1"))
		}
		if name == part {
			m := whole.FindSubmatchIndex(content)
			if m == nil {
				t.Fatalf("%s has no cell %s", part, ref)
			}
			fresh := fmt.Appendf(nil, `<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>`, ref, style.Find(content[m[2]:m[3]]), html.EscapeString(text))
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

// Under each scenario that the workbook offers, LibreOffice works out what rank
// says under the scenario, in both languages.
func TestAScenarioChosenInTheWorkbookIsThatOfRank(t *testing.T) {
	for _, name := range examples {
		for _, language := range []string{"en", "es"} {
			scenarios := []struct{ id, name string }{
				{"conservative", map[string]string{"en": "Conservative: benefits 20% lower, building 30% dearer", "es": "Prudente: beneficios un 20 % menores, implantación un 30 % más cara"}[language]},
			}
			if name == "distribuidora" {
				scenarios = append(scenarios, struct{ id, name string }{"sueldos-2027", "Convenio de 2027"})
			}
			workspace, folder := example(t, name), t.TempDir()
			done(t, "report", workspace, "--only", "xlsx", "--language", language, "-o", folder)
			file := filepath.Join(folder, "report.xlsx")
			sheet, ref, offered := chosenCell(t, file, "scenario")
			base := rankedFlows(t, workspace)
			var files []string
			for _, s := range scenarios {
				if !slices.Contains(offered, s.name) {
					t.Fatalf("%s in %s: the workbook offers %q, not %q", name, language, offered, s.name)
				}
				to := filepath.Join(folder, s.id+".xlsx")
				withText(t, file, partOf(t, file, sheet), ref, s.name, to)
				files = append(files, to)
			}
			out := opened(t, "xlsx:Calc MS Excel 2007 XML", files...)
			for _, s := range scenarios {
				worked := cells(t, filepath.Join(out, s.id+".xlsx"))
				withoutErrors(t, worked)
				if language == "en" {
					compareRanked(t, name+": "+s.id, base, rankedFlows(t, workspace, "--scenario", s.id), calculated(worked))
				}
			}
		}
	}
}

// A flow that is no longer marked takes its build and benefit with it, and the
// platforms' fees follow their price lists: LibreOffice works out what plan
// says of the other flows.
func TestMarksInTheWorkbookAreThePlanOfTheSameFlows(t *testing.T) {
	type planJSON struct {
		Plan struct {
			Flows []struct{ ID, Platform string }
			Build float64 `json:"build_cost"`
			NPV   float64
		}
	}
	for _, name := range examples {
		workspace, folder := example(t, name), t.TempDir()
		done(t, "report", workspace, "--only", "xlsx", "--language", "en", "-o", folder)
		file := filepath.Join(folder, "report.xlsx")
		before := decoded[planJSON](t, "plan", workspace, "--json").Plan
		want := map[string]map[string]float64{} // by the flow left out, what stands beside a label
		var files []string
		for _, out := range before.Flows {
			args := []string{"plan", workspace, "--json", "--without", out.ID}
			for _, f := range before.Flows {
				if f.ID != out.ID {
					args = append(args, "--with", f.ID)
				}
			}
			if len(files) == 3 || flowmap(t, args...).code != 0 {
				continue // another flow has to be built after this one
			}
			without := decoded[planJSON](t, args...).Plan
			if !fewer(before.Flows, without.Flows, out.ID) {
				continue // the search puts a flow elsewhere, or another one in
			}
			sheet, ref, _ := chosenCell(t, file, out.ID)
			to := filepath.Join(folder, out.ID+".xlsx")
			withText(t, file, partOf(t, file, sheet), ref, "no", to)
			files = append(files, to)
			want[to] = map[string]float64{"Cost of building": without.Build, "Value today (NPV)": without.NPV}
		}
		if len(files) == 0 {
			t.Fatalf("%s: no plan without one flow can be compared", name)
		}
		worked := opened(t, "xlsx:Calc MS Excel 2007 XML", files...)
		for _, to := range files {
			all := cells(t, filepath.Join(worked, filepath.Base(to)))
			withoutErrors(t, all)
			for label, x := range want[to] {
				if !hasFormula(all, rowsWith(all, label), x) {
					t.Errorf("%s: no formula beside %q gives %v", filepath.Base(to), label, x)
				}
			}
		}
	}
}

// fewer tells whether the second flows are the first without one, on the same
// platforms.
func fewer[F ~[]struct{ ID, Platform string }](all, less F, without string) bool {
	on := map[string]string{}
	for _, f := range less {
		on[f.ID] = f.Platform
	}
	for _, f := range all {
		if f.ID != without && on[f.ID] != f.Platform {
			return false
		}
	}
	return len(less) == len(all)-1
}

// chosenCell finds the cell of a row whose words are chosen from a list, by the
// hidden sheet, and all words of such lists.
func chosenCell(t *testing.T, file, key string) (sheet, ref string, offered []string) {
	t.Helper()
	all := cells(t, file)
	lists := map[string]bool{}
	for _, c := range all {
		if c.sheet != "flowmap-inputs" {
			continue
		}
		switch strings.TrimRight(c.ref, "0123456789") {
		case "F":
			if c.text == "choice" {
				lists[c.row()] = true
			}
		case "J":
			offered = append(offered, c.text)
		}
	}
	for _, in := range inputsOf(t, all) {
		if in.row == key && in.path == "" && lists[in.line] {
			return in.sheet, in.ref, offered
		}
	}
	t.Fatalf("no words are chosen in the row %q", key)
	return "", "", nil
}
