package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	_ "modernc.org/sqlite"
)

// starHere exports the examples, and returns what it says.
func starHere(t *testing.T, args ...string) (string, int) {
	t.Helper()
	return runHere(t, append([]string{"portfolio", "export"}, args...)...)
}

// The questions that come with the tables answer what flowmap portfolio answers.
func TestQuestionsInSQLAnswerAsThePortfolioDoes(t *testing.T) {
	out := t.TempDir()
	if said, code := starHere(t, filepath.Join("..", "..", "examples"), "--to", "sqlite", "-o", out); code != 0 {
		t.Fatal(said)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(out, "portfolio.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	text, code := runHere(t, "portfolio", filepath.Join("..", "..", "examples"), "--json")
	if code != 0 {
		t.Fatal(text)
	}
	var doc portfolioJSON
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	for name, want := range starAnswers(doc) {
		question, err := os.ReadFile(filepath.Join(out, "questions", name+".sql"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := db.Query(string(question))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sameAnswer(t, name, collected(t, rows), want)
	}
}

// starAnswers are the rows that each question has to give.
func starAnswers(p portfolioJSON) map[string][][]any {
	all := map[string][][]any{"totals": nil, "flows": nil, "pairs": nil, "findings": nil, "groups": nil, "realised": nil}
	for _, x := range p.Totals {
		all["totals"] = append(all["totals"], []any{x.Currency, x.Clients, x.Flows, x.NotStated, x.HoursPerWeek, x.HoursPerYear, x.LabourPerYear, x.ErrorCostPerYear, x.BenefitPerYear})
	}
	for _, x := range p.Flows {
		all["flows"] = append(all["flows"], []any{x.From, x.To, x.Entity, x.Clients, x.Flows, x.HoursPerWeek})
	}
	for _, x := range p.Pairs {
		all["pairs"] = append(all["pairs"], []any{x.From, x.To, x.Clients, x.Flows, x.HoursPerWeek})
	}
	for _, x := range p.Findings {
		all["findings"] = append(all["findings"], []any{x.ID, x.Clients})
	}
	for _, x := range p.Groups {
		for _, m := range []struct {
			measure string
			q       quartilesJSON
		}{{"build_cost", x.BuildCost}, {"hours_per_week", x.HoursPerWeek}, {"payback_months", x.PaybackMonths}} {
			all["groups"] = append(all["groups"], []any{x.By, x.Name, x.Currency, m.measure, m.q.P25, m.q.P50, m.q.P75})
		}
	}
	for _, x := range p.Realised {
		all["realised"] = append(all["realised"], []any{x.Currency, x.Clients, x.Flows, x.Months, x.SavedHoursPlanned, x.SavedHours, x.BenefitPlanned, x.Benefit,
			x.PlatformPlanned, x.Platform, x.BuildPlanned, x.Build, x.NetPlanned, x.Net})
	}
	return all
}

func collected(t *testing.T, rows *sql.Rows) [][]any {
	t.Helper()
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]any
	for rows.Next() {
		row := make([]any, len(names))
		to := make([]any, len(names))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// sameAnswer compares rows in any order: numbers to a hundred-millionth and ten
// millionths, texts exactly.
func sameAnswer(t *testing.T, name string, got, want [][]any) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%s: %d rows, want %d", name, len(got), len(want))
		return
	}
	key := func(row []any) string {
		var texts []string
		for _, x := range row {
			if s, ok := x.(string); ok {
				texts = append(texts, s)
			}
		}
		return strings.Join(texts, "|")
	}
	of := map[string][]any{}
	for _, row := range got {
		of[key(row)] = row
	}
	for _, row := range want {
		found := of[key(row)]
		if len(found) != len(row) {
			t.Errorf("%s: %s is missing", name, key(row))
			continue
		}
		for i := range row {
			if !sameCell(found[i], row[i]) {
				t.Errorf("%s, %s: column %d is %v, want %v", name, key(row), i+1, found[i], shownCell(row[i]))
			}
		}
	}
}

func shownCell(x any) any {
	if f, ok := x.(*float64); ok && f != nil {
		return *f
	}
	return x
}

func sameCell(got, want any) bool {
	if f, ok := want.(*float64); ok {
		if f == nil {
			return got == nil
		}
		want = *f
	}
	number := func(x any) (float64, bool) {
		switch x := x.(type) {
		case int:
			return float64(x), true
		case int64:
			return float64(x), true
		case float64:
			return x, true
		}
		return 0, false
	}
	a, isA := number(got)
	b, isB := number(want)
	if isA && isB {
		return math.Abs(a-b) <= 1e-5+1e-8*math.Abs(b) || math.Abs(a-b) <= .03 && math.Abs(b) > 100 // nets are rounded to cents
	}
	return fmt.Sprint(got) == fmt.Sprint(want)
}

// Tables are the same bytes each time, and a client who is added touches the
// partitions of no other.
func TestPartitionsStandAlone(t *testing.T) {
	out, examples := t.TempDir(), filepath.Join("..", "..", "examples")
	say := func(want string, dirs ...string) map[string]string {
		t.Helper()
		said, code := starHere(t, append(dirs, "--to", "parquet", "-o", out)...)
		if code != 0 || said != out+want {
			t.Fatalf("exit code %d: %s", code, said)
		}
		return filesBelow(t, out)
	}
	before := say(": 2 clients, 2 of them new or changed\n", filepath.Join(examples, "tienda"), filepath.Join(examples, "distribuidora"))
	after := say(": 3 clients, 1 of them new or changed\n", examples)
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s was touched", name)
		}
	}
	if want := len(before) + 7; len(after) != want {
		t.Errorf("%d files, want %d", len(after), want)
	}
	say(": 3 clients, 0 of them new or changed\n", examples)
	f, err := parquet.OpenFile(strings.NewReader(after["scores/client=tienda/part.parquet"]), int64(len(after["scores/client=tienda/part.parquet"])))
	if err != nil || f.NumRows() != 5 {
		t.Fatalf("scores of tienda: %v, %v", f, err)
	}
	column, ok := f.Schema().Lookup("build_cost")
	if !ok || column.Node.Type().String() != "DECIMAL(18,6)" {
		t.Errorf("build_cost is %v", column.Node)
	}
	if _, ok := f.Schema().Lookup("client"); ok {
		t.Error("the client stands in the file beside its folder's name")
	}
}

func filesBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		all[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Every format is the same bytes each time, and redacted it holds nobody's name.
func TestTablesAreTheSameEachTimeAndRedacted(t *testing.T) {
	examples := filepath.Join("..", "..", "examples")
	for _, format := range []string{"parquet", "sqlite", "csv"} {
		one, two := t.TempDir(), t.TempDir()
		for _, out := range []string{one, two} {
			if said, code := starHere(t, examples, "--to", format, "-o", out, "--redact"); code != 0 {
				t.Fatal(said)
			}
		}
		a, b := filesBelow(t, one), filesBelow(t, two)
		if len(a) != len(b) || len(a) == 0 {
			t.Fatalf("%s: %d and %d files", format, len(a), len(b))
		}
		for name, text := range a {
			if b[name] != text {
				t.Errorf("%s: %s differs the second time", format, name)
			}
			for _, secret := range []string{"Harbour", "Levante", "Nora", "Liam", "tienda-after"} {
				if strings.Contains(name+text, secret) {
					t.Errorf("%s: %s holds %q", format, name, secret)
				}
			}
		}
	}
}

// A workspace that cannot be read is named and left out; the others are written.
func TestABrokenClientIsLeftOutOfTheTables(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"good": "version: 1\n", "bad": "version: [\n"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "flowmap.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "=odd, folder")
	var o, e bytes.Buffer
	w := &world{in: strings.NewReader(""), out: &o, err: &e, env: func(string) string { return "" }}
	code := w.run(t.Context(), []string{"portfolio", "export", dir, "--to", "csv", "-o", out})
	if code != exitFailed || o.String() != out+": 1 clients\n" || !strings.Contains(e.String(), filepath.Join(dir, "bad")+" is left out: ") {
		t.Errorf("exit code %d, %q, %q", code, &o, &e)
	}
	if text := filesBelow(t, out)["clients.csv"]; strings.Count(text, "\n") != 2 || !strings.Contains(text, "\ngood,1,,,not stated,,") {
		t.Errorf("clients.csv is %q", text)
	}
}
