package intake_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/audit/intake"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

func TestEqualWorkspacesGiveEqualForms(t *testing.T) {
	if !bytes.Equal(form(t, "es"), form(t, "es")) {
		t.Error("two forms of one workspace differ")
	}
	if bytes.Equal(form(t, "es"), form(t, "en")) {
		t.Error("the form does not depend on the language")
	}
}

func TestAFormHasItsDepartmentsManualFlowsAndTwoExamples(t *testing.T) {
	rows, err := open(t, form(t, "es")).file.GetRows("Formulario")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range rows[headings:] {
		if len(r) > 0 && r[0] != "" {
			ids = append(ids, r[0])
		}
	}
	if want := []string{"#help", "#example1", "#example2", "pedidos-web"}; !slices.Equal(ids, want) {
		t.Errorf("rows %q, want %q: compras is of another department, nobody types existencias", ids, want)
	}
	if got, want := rows[known-1][1:5], []string{"Pedidos web", "PrestaShop", "Sage 50", "Pedido de venta"}; !slices.Equal(got, want) {
		t.Errorf("pre-filled %q, want %q", got, want)
	}
}

func TestAFormForAllDepartments(t *testing.T) {
	var b bytes.Buffer
	if err := intake.Write(&b, workspace(t), speak(t, "en"), ""); err != nil {
		t.Fatal(err)
	}
	s := open(t, b.Bytes())
	for row, want := range map[int]string{known: "Pedidos web", known + 1: "Compras", known + 2: ""} {
		if got, _ := s.file.GetCellValue("Form", s.cell(row, "What you do")); got != want {
			t.Errorf("row %d is %q, want %q", row, got, want)
		}
	}
}

// Every choice has a list, and the workspace's names stand in it.
func TestDropDownsOfferTheWorkspace(t *testing.T) {
	s := open(t, form(t, "es"))
	rules, err := s.file.GetDataValidations("Formulario")
	if err != nil {
		t.Fatal(err)
	}
	lists := 0
	for _, r := range rules {
		if r.Type == "list" {
			lists++
		}
		if r.PromptTitle == nil || r.Prompt == nil || *r.Prompt == "" {
			t.Errorf("%s has no help", r.Sqref)
		}
	}
	if lists != 11 { // from, to, entity, how, every, two units, whose, basis, absence; the department at the top
		t.Errorf("%d drop-downs, want 11", lists)
	}
	columns, err := s.file.GetCols("flowmap-lists")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Correo electrónico", "PrestaShop", "Sage 50"}; !slices.Equal(filled(columns[0]), want) {
		t.Errorf("systems %q, want %q", columns[0], want)
	}
	for _, name := range []string{"flowmap", "flowmap-lists"} {
		if visible, err := s.file.GetSheetVisible(name); visible || err != nil {
			t.Errorf("%s is visible, %v", name, err)
		}
	}
}

// filled leaves out the empty cells at the end of a column.
func filled(column []string) []string {
	return slices.DeleteFunc(column, func(s string) bool { return s == "" })
}

// Answers can be written, and nothing else.
func TestAFormIsProtectedOutsideOfItsAnswers(t *testing.T) {
	s := open(t, form(t, "es"))
	if p, err := s.file.GetSheetProtection("Formulario"); err != nil || !p.SelectUnlockedCells || p.InsertRows {
		t.Errorf("protection %+v, %v", p, err)
	}
	for _, c := range []struct {
		row    int
		locked bool
	}{{headings, true}, {headings + 1, true}, {headings + 2, true}, {known, false}, {empty, false}} {
		for _, heading := range []string{"Qué hace usted", "Horas: lo normal", "Error 3: coste", "Notas"} {
			id, err := s.file.GetCellStyle("Formulario", s.cell(c.row, heading))
			if err != nil {
				t.Fatal(err)
			}
			style, err := s.file.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if locked := style.Protection == nil || style.Protection.Locked; locked != c.locked {
				t.Errorf("row %d, %s: locked %v, want %v", c.row, heading, locked, c.locked)
			}
		}
	}
}

// Every column has its words in every language: a missing one is seen here.
func TestAFormHasWordsForAll(t *testing.T) {
	for _, language := range lang.Languages() {
		s := open(t, form(t, language))
		rows, err := s.file.GetRows(s.name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, text := range row {
				if strings.ContainsAny(text, "‹›") {
					t.Errorf("%s: %d:%d is %q", language, i+1, j+1, text)
				}
			}
		}
		seen := map[string]bool{}
		for _, heading := range rows[headings-1] {
			if heading == "" || seen[heading] {
				t.Errorf("%s: heading %q is empty or stands there twice", language, heading)
			}
			seen[heading] = true
		}
		rules, err := s.file.GetDataValidations(s.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rules {
			if strings.Contains(*r.Prompt, "‹") || len([]rune(*r.Prompt)) > 254 || len([]rune(*r.PromptTitle)) > 32 {
				t.Errorf("%s: help of %s is %q: %q", language, r.Sqref, *r.PromptTitle, *r.Prompt)
			}
		}
	}
}

// Names that Excel would read otherwise come back as they are.
func TestHostileNamesComeBack(t *testing.T) {
	names := []string{"=cmd|' /C calc'!A0", "A_x000D_B", "<b>&amp;</b>", "日本 👍", "+34 600", "2026"}
	text := "version: 1\nclient: {name: \"_x0041_ & <Co>\"}\nsystems:\n"
	for i, n := range names {
		text += "  - {id: s" + string(rune('a'+i)) + ", name: '" + strings.ReplaceAll(n, "'", "''") + "'}\n"
	}
	w := workspace(t, "flowmap.yaml", text)
	var b bytes.Buffer
	if err := intake.Write(&b, w, speak(t, "en"), ""); err != nil {
		t.Fatal(err)
	}
	s := open(t, b.Bytes())
	columns, err := s.file.GetCols("flowmap-lists")
	if err != nil {
		t.Fatal(err)
	}
	s.put("C4", "Ana").set(known, "What you do", "Copying").set(known, "Hours: usual", 2)
	for _, n := range names[1:] {
		if !slices.Contains(columns[0], n) {
			t.Errorf("%q is not in %q", n, columns[0])
		}
		s.set(known, "From", names[0]).set(known, "To", strings.ReplaceAll(n, "_x", "_x005F_x")) // as Excel writes it
		if _, text := says(t, w, "form.xlsx", s.bytes()); !strings.Contains(text, "from: sa\n") {
			t.Errorf("%q: imported as\n%s", n, text)
		}
	}
}

// A system whose name another has too is shown with its id.
func TestSystemsCalledAlikeAreToldApart(t *testing.T) {
	w := workspace(t, "flowmap.yaml", "version: 1\nsystems: [{id: a, name: Excel}, {id: b, name: excel}, {id: c}]\n")
	var b bytes.Buffer
	if err := intake.Write(&b, w, speak(t, "en"), ""); err != nil {
		t.Fatal(err)
	}
	columns, err := open(t, b.Bytes()).file.GetCols("flowmap-lists")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"c", "Excel (a)", "excel (b)"}; !slices.Equal(filled(columns[0]), want) {
		t.Errorf("systems %q, want %q", columns[0], want)
	}
}

// The form of a workspace with thousands of systems and flows has a list of
// them all and the first 300 flows.
func TestALargeWorkspace(t *testing.T) {
	var text strings.Builder
	text.WriteString("version: 1\nsystems:\n")
	for i := range 2000 {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString("  - {id: s" + strings.ToLower(name) + "}\n")
	}
	text.WriteString("flows:\n")
	for i := range 400 {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString("  - {id: f" + strings.ToLower(name) + ", from: sa, to: sb}\n")
	}
	w := workspace(t, "flowmap.yaml", text.String())
	var b bytes.Buffer
	if err := intake.Write(&b, w, speak(t, "es"), ""); err != nil {
		t.Fatal(err)
	}
	if imported, _ := says(t, w, "form.xlsx", open(t, b.Bytes()).put("C4", "Ana").bytes()); len(imported.Flows) != 0 {
		t.Errorf("an unchanged form says something about %d flows", len(imported.Flows))
	}
}
