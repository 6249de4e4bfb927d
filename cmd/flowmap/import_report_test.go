package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/xuri/excelize/v2"
)

// reported is a copy of an example, and the workbook of its report.
func reported(t *testing.T, name string) (dir, workbook string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), name)
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "examples", name))); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if _, code := runHere(t, "report", dir, "--only", "xlsx", "-o", out); code != 0 {
		t.Fatal("no report")
	}
	return dir, filepath.Join(out, "report.xlsx")
}

// changed writes a workbook after a change by somebody.
func changedBook(t *testing.T, workbook string, change func(*excelize.File)) {
	t.Helper()
	f, err := excelize.OpenFile(workbook)
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// cellOf finds the cell of a row with a key, by the heading above it.
func cellOf(t *testing.T, f *excelize.File, sheet, key, heading string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	column := -1
	for i, row := range rows {
		if c := slices.Index(row, heading); c >= 0 {
			column = c
		}
		if len(row) > 0 && row[0] == key && column >= 0 {
			name, err := excelize.CoordinatesToCellName(column+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			return name
		}
	}
	t.Fatalf("%s has no %q under %q", sheet, key, heading)
	return ""
}

func set(t *testing.T, f *excelize.File, sheet, cell string, value any) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
}

func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	w, err := audit.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range w.Files() {
		files[f.Name] = string(f.Text)
	}
	return files
}

func imported(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	w := &world{in: strings.NewReader(""), out: &o, err: &e, env: func(string) string { return "" }}
	code = w.run(t.Context(), append([]string{"import"}, args...))
	return o.String(), e.String(), code
}

func TestAnUntouchedWorkbookChangesNothing(t *testing.T) {
	for _, name := range []string{"tienda", "distribuidora"} {
		dir, workbook := reported(t, name)
		before := filesOf(t, dir)
		out, errs, code := imported(t, workbook, dir)
		if code != 0 || out != "Nothing changes: every number is as the report had it.\n" || errs != "" {
			t.Errorf("%s: code %d, %q, %q", name, code, out, errs)
		}
		if !maps.Equal(before, filesOf(t, dir)) {
			t.Errorf("%s: files were changed", name)
		}
	}
}

// What a manager changes goes to the lines that state it, also after the rows
// were sorted another way, and gives what --set of the same gives.
func TestAChangedWorkbookChangesTheWorkspace(t *testing.T) {
	dir, workbook := reported(t, "tienda")
	before := filesOf(t, dir)
	changedBook(t, workbook, func(f *excelize.File) {
		swap(t, f, "Flows", "orders-to-books", "tracking-to-shop")
		set(t, f, "Flows", cellOf(t, f, "Flows", "tracking-to-shop", "Hours a week"), 2.25)
		set(t, f, "Flows", cellOf(t, f, "Flows", "payouts-to-books", "Hours a week"), 2)
		set(t, f, "Assumptions", cellOf(t, f, "Assumptions", "hourly_cost", "Value"), 24)
		set(t, f, "Assumptions", cellOf(t, f, "Assumptions", "automation_rate", "Value"), 1)
	})
	out, errs, code := imported(t, workbook, dir, "--dry-run")
	if code != 0 || !strings.Contains(out, "Nothing was written.") || !strings.Contains(out, "Together: cost a year €") {
		t.Fatalf("code %d, %q, %q", code, out, errs)
	}
	if !maps.Equal(before, filesOf(t, dir)) {
		t.Fatal("--dry-run changed files")
	}
	if out, errs, code = imported(t, workbook, dir); code != 0 || !strings.Contains(out, "Written: flowmap.yaml") {
		t.Fatalf("code %d, %q, %q", code, out, errs)
	}
	want, wantCode := runHere(t, "rank", filepath.Join("..", "..", "examples", "tienda"), "--csv", "--trials", "0", "--set", "hourly_cost=24", "--set", "automation_rate=100%",
		"--set", "flows.tracking-to-shop.effort.hours_per_week=2.25", "--set", "flows.payouts-to-books.effort.hours_per_month=7.66667")
	got, gotCode := runHere(t, "rank", dir, "--csv", "--trials", "0")
	if wantCode != 0 || gotCode != 0 || got != want {
		t.Errorf("after the import:\n%s\nwith --set:\n%s", got, want)
	}
	if out, _, _ := imported(t, workbook, dir); !strings.HasPrefix(out, "Nothing changes") {
		t.Errorf("a second import says %q", out)
	}
	var lost []string
	after := filesOf(t, dir)["flowmap.yaml"]
	for line := range strings.Lines(before["flowmap.yaml"]) {
		if i := strings.Index(line, "#"); i >= 0 && !strings.Contains(after, strings.TrimSpace(line[i:])) {
			lost = append(lost, line)
		}
	}
	if len(lost) > 0 {
		t.Errorf("comments are gone: %q", lost)
	}
}

// swap exchanges two rows of a sheet, as sorting does.
func swap(t *testing.T, f *excelize.File, sheet, a, b string) {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, row := range rows {
		if len(row) > 0 {
			at[row[0]] = i
		}
	}
	for column := range max(len(rows[at[a]]), len(rows[at[b]])) {
		first, _ := excelize.CoordinatesToCellName(column+1, at[a]+1)
		second, _ := excelize.CoordinatesToCellName(column+1, at[b]+1)
		for _, c := range [][2]string{{first, b}, {second, a}} {
			formula, err := f.GetCellFormula(sheet, c[0])
			if err != nil {
				t.Fatal(err)
			}
			if formula != "" {
				continue // follows the row by its key
			}
			if row := rows[at[c[1]]]; column < len(row) {
				if x, ok := asNumber(row[column]); ok {
					set(t, f, sheet, c[0], x)
				} else {
					set(t, f, sheet, c[0], row[column])
				}
			}
		}
	}
}

func TestAWorkbookThatCannotBeTakenSaysWhere(t *testing.T) {
	dir, workbook := reported(t, "tienda")
	changedBook(t, workbook, func(f *excelize.File) {
		set(t, f, "Assumptions", cellOf(t, f, "Assumptions", "hourly_cost", "Value"), "about 20")
		set(t, f, "Assumptions", cellOf(t, f, "Assumptions", "weeks_per_year", "Value"), nil)
	})
	before := filesOf(t, dir)
	_, errs, code := imported(t, workbook, dir)
	if code != 1 || !strings.Contains(errs, `"about 20" is no number`) || !strings.Contains(errs, "the cell is empty, and a number stood there") || !strings.Contains(errs, "Assumptions!") {
		t.Errorf("code %d, %s", code, errs)
	}
	if !maps.Equal(before, filesOf(t, dir)) {
		t.Error("files were changed")
	}
}

// A workspace that has gone on meanwhile is not overwritten.
func TestAWorkbookThatIsOutOfDateSaysSo(t *testing.T) {
	dir, workbook := reported(t, "tienda")
	changedBook(t, workbook, func(f *excelize.File) {
		set(t, f, "Assumptions", cellOf(t, f, "Assumptions", "discount_rate", "Value"), 0.05)
	})
	name := filepath.Join(dir, "flowmap.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	newer, err := audit.Edit(text, audit.Set(audit.Path{"assumptions", "discount_rate"}, audit.Text("0.08")))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, newer, 0o644); err != nil {
		t.Fatal(err)
	}
	_, errs, code := imported(t, workbook, dir)
	if code != 1 || !strings.Contains(errs, "is 0.08 in the workspace now, and was 0.1 when the report was made") {
		t.Errorf("code %d, %s", code, errs)
	}
}

func asNumber(text string) (float64, bool) {
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil
}

// Rows that somebody inserted or deleted leave the others found by their keys.
func TestRowsThatCameOrWentAreUnderstood(t *testing.T) {
	dir, workbook := reported(t, "tienda")
	changedBook(t, workbook, func(f *excelize.File) {
		if err := f.InsertRows("Flows", 8, 1); err != nil {
			t.Fatal(err)
		}
		set(t, f, "Flows", "B8", "Something that I do too")
		set(t, f, "Flows", "I8", 3)
		set(t, f, "Flows", cellOf(t, f, "Flows", "payouts-to-books", "Hours a week"), 2)
		row, err := f.SearchSheet("Flows", "bills-to-books")
		if err != nil || len(row) != 1 {
			t.Fatal(row, err)
		}
		_, n, err := excelize.CellNameToCoordinates(row[0])
		if err != nil {
			t.Fatal(err)
		}
		for column := range 23 {
			name, _ := excelize.CoordinatesToCellName(column+1, n)
			set(t, f, "Flows", name, nil)
		}
	})
	out, errs, code := imported(t, workbook, dir)
	if code != 0 || !strings.Contains(out, "Written: flowmap.yaml") || !strings.Contains(out, "Payouts matched in the books, hours a week") {
		t.Fatalf("code %d, %q, %q", code, out, errs)
	}
	if !strings.HasPrefix(errs, "Flows!B8: a row that the report did not have is not taken") {
		t.Errorf("standard error says %q", errs)
	}
	w, err := audit.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]float64{"payouts-to-books": 7.66667, "bills-to-books": 5.5} {
		if f, _ := w.Flow(id); f.Effort.HoursPerMonth.Mean() != want {
			t.Errorf("%s takes %v hours a month, want %v", id, f.Effort.HoursPerMonth.Mean(), want)
		}
	}
}

// Which flows are marked and which scenario holds are ways of looking: the
// import says so, names the command that looks so, and takes the numbers.
func TestChoicesInAWorkbookAreSaidAndNotTaken(t *testing.T) {
	dir, workbook := reported(t, "tienda")
	before := filesOf(t, dir)
	changedBook(t, workbook, func(f *excelize.File) {
		set(t, f, "Your choice", cellOf(t, f, "Your choice", "orders-to-books", "In the plan"), "no")
		set(t, f, "Summary", cellOf(t, f, "Summary", "scenario", "Value"), "Optimistic: benefits 10% higher, building 10% cheaper")
	})
	out, errs, code := imported(t, workbook, dir)
	for _, want := range []string{
		`the scenario "Optimistic: benefits 10% higher, building 10% cheaper" is a way of looking at the audit and is not taken: flowmap report --scenario shows it.`,
		"To plan so: flowmap plan --without orders-to-books\n",
		"Nothing else changes: every number is as the report had it.\n",
	} {
		if code != 0 || errs != "" || !strings.Contains(out, want) {
			t.Errorf("code %d, %q, without %q: %q", code, out, want, errs)
		}
	}
	if !maps.Equal(before, filesOf(t, dir)) {
		t.Error("files were changed")
	}
	changedBook(t, workbook, func(f *excelize.File) {
		set(t, f, "Assumptions", cellOf(t, f, "Assumptions", "hourly_cost", "Value"), 24)
	})
	if out, errs, code := imported(t, workbook, dir, "--dry-run"); code != 0 || !strings.Contains(out, "Hourly cost") && !strings.Contains(out, "24") || !strings.Contains(out, "is not taken") {
		t.Errorf("with a number changed too: code %d, %q, %q", code, out, errs)
	}
}
