package star_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/clients/star"
)

// The manual has every table and column.
func TestTheManualHasTheTables(t *testing.T) {
	text, err := os.ReadFile("../../../docs/portfolio.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := described(); !strings.Contains(string(text), want) {
		t.Errorf("docs/portfolio.md should have:\n%s", want)
	}
}

// described are the tables as the manual shows them.
func described() string {
	kinds := map[star.Type]string{star.Text: "text", star.Integer: "integer", star.Decimal: "decimal", star.Boolean: "boolean", star.Date: "date"}
	var b strings.Builder
	for _, table := range star.Tables() {
		fmt.Fprintf(&b, "**%s**: %s.\n\n| column | type | what |\n| --- | --- | --- |\n", table.Name, table.What)
		for _, c := range table.Columns {
			kind := kinds[c.Type]
			if c.Null {
				kind += ", or null"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Name, kind, c.What)
		}
		b.WriteString("\n")
	}
	return strings.TrimSpace(b.String())
}

func TestValuesAreWrittenAsTheyAre(t *testing.T) {
	table := star.Table{Name: "t", Columns: []star.Column{{Name: "client"}, {Name: "x", Type: star.Decimal, Null: true}, {Name: "d", Type: star.Date, Null: true}, {Name: "b", Type: star.Boolean}, {Name: "n", Type: star.Integer}}}
	var b strings.Builder
	if err := star.WriteHeads(&b, table); err != nil {
		t.Fatal(err)
	}
	for _, x := range []float64{0, -0.0000004, 0.0000005, -1.5, 1234.5678901, 12345678.5, 1e12, -1e300} {
		err := star.WriteCSV(&b, table, []star.Row{{star.Words("=c"), star.Amount(x), star.Stated("2026-11-20"), star.Is(x > 0), star.Whole(-3)}})
		if err != nil {
			t.Fatal(err)
		}
	}
	const want = `client,x,d,b,n
'=c,0.000000,2026-11-20,false,-3
'=c,0.000000,2026-11-20,false,-3
'=c,0.000001,2026-11-20,true,-3
'=c,-1.500000,2026-11-20,false,-3
'=c,1234.567890,2026-11-20,true,-3
'=c,12345678.500000,2026-11-20,true,-3
'=c,,2026-11-20,true,-3
'=c,,2026-11-20,false,-3
`
	if got := b.String(); got != want {
		t.Errorf("it is\n%swant\n%s", got, want)
	}
}

// Every question and loading script comes along, and no question uses what one of
// the four engines lacks.
func TestQuestionsKeepToWhatEveryEngineHas(t *testing.T) {
	questions := star.Questions()
	if len(questions) < 6 {
		t.Fatalf("%d questions", len(questions))
	}
	for _, q := range questions {
		text := strings.ToUpper(string(q.Text))
		if !strings.HasPrefix(text, "-- ") {
			t.Errorf("%s does not say what it asks", q.Name)
		}
		text = regexp.MustCompile(`(?m)^--.*$`).ReplaceAllString(text, "")
		for _, lacking := range []string{"PERCENTILE", "MEDIAN", "QUANTILE", "::", "DOUBLE", "QUALIFY", "FILTER (", "LIMIT", "\"", "`"} {
			if strings.Contains(text, lacking) {
				t.Errorf("%s uses %s", q.Name, lacking)
			}
		}
	}
	for _, format := range star.Format("").Options() {
		for _, f := range star.Format(format).Loading() {
			for _, table := range star.Tables() {
				if !strings.Contains(string(f.Text), " "+table.Name+" ") {
					t.Errorf("%s: %s does not load %s", format, f.Name, table.Name)
				}
			}
		}
	}
}

// A client whose money does not fit is refused, not written as nothing.
func TestAnAmountThatDoesNotFitIsRefused(t *testing.T) {
	for x, fits := range map[float64]bool{999_999_999_999: true, -999_999_999_999: true, 1e12: false, -1e15: false} {
		rows := make(star.Rows, len(star.Tables()))
		for i, table := range star.Tables() {
			if table.Name == "scores" {
				rows[i] = []star.Row{{star.Words("acme"), star.Words("web-orders"), star.Whole(1), star.Amount(x)}}
			}
		}
		err := rows.Fit()
		if (err == nil) != fits || err != nil && !strings.HasPrefix(err.Error(), "hours_per_week of web-orders is ") {
			t.Errorf("%g: %v", x, err)
		}
	}
}

// What a spreadsheet would take for a formula gets an apostrophe, blanks before it or
// none; other texts and numbers do not.
func TestTextsInCSVAreNoFormulas(t *testing.T) {
	table := star.Table{Name: "t", Columns: []star.Column{{Name: "client"}, {Name: "n", Type: star.Integer}}}
	for text, want := range map[string]string{"=1": "'=1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "|x": "'|x", " =1": "' =1", "\u00a0@a": "'\u00a0@a", "a=1": "a=1", "": "", "ñ": "ñ"} {
		var b strings.Builder
		if err := star.WriteCSV(&b, table, []star.Row{{star.Words(text), star.Whole(-3)}}); err != nil {
			t.Fatal(err)
		}
		record, err := csv.NewReader(strings.NewReader(b.String())).Read()
		if err != nil || record[0] != want || record[1] != "-3" {
			t.Errorf("%q is written as %q (%v), want %q", text, record, err, want)
		}
	}
}
