package star_test

import (
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
