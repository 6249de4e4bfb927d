package report_test

import (
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// summaryText is what the summary says in sentences.
func summaryText(r report.Report) string {
	var lines []string
	for _, b := range r.Sections[0].Blocks {
		if p, ok := b.(report.Paragraph); ok {
			lines = append(lines, p.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// Of ten flows of equal hours eight hold 80 %: five are named.
func TestTheSummaryNamesFiveFlowsAtMost(t *testing.T) {
	for links, want := range map[int]string{
		6:  "“f0”, “f1”, “f2”, “f3” and “f4”.", // five of six
		7:  "“f0”, “f1”, “f2”, “f3”, “f4” and one more.",
		10: "“f0”, “f1”, “f2”, “f3”, “f4” and 3 more.",
	} {
		alike := strings.NewReplacer("k: 2", "k: 1", "k: 3", "k: 1", "k: 4", "k: 1", "k: 5", "k: 1", "k: 6", "k: 1", "k: 7", "k: 1")
		text := summaryText(built(t, run(t, parsed(t, alike.Replace(star(links)))), "en"))
		if !strings.Contains(text, want) {
			t.Errorf("%d flows: the summary does not say %s\n%s", links, want, text)
		}
	}
}

// Of 100 flows of 1 to 7 hours the 90 that have no bar of their own hold far
// more than any: as a bar they would dwarf all. Of 12, the last two hold 3.
func TestARestThatDwarfsTheChartStandsBelowIt(t *testing.T) {
	large := table(t, built(t, run(t, parsed(t, star(100))), "en"), "pareto")
	if len(large.Rows) != 10 || large.Total == nil || large.Total.Cells[0].Text != "90 other flows" {
		t.Errorf("%d bars and %v below, want ten and 90 other flows", len(large.Rows), large.Total)
	}
	small := table(t, built(t, run(t, parsed(t, star(12))), "en"), "pareto")
	if len(small.Rows) != 11 || small.Total != nil || small.Rows[10].Key != "others" {
		t.Errorf("%d bars and %v below, want ten and one of two other flows", len(small.Rows), small.Total)
	}
}

// Where nothing is carried by hand, or nobody said how long it takes, there are
// no figures of it.
func TestWhereThereIsNothingToPriceThereAreNoFigures(t *testing.T) {
	for name, c := range map[string]struct {
		flows, says string
		figures     []string
	}{
		"no flows":       {"", "No flow of data has been stated yet", nil},
		"automated ones": {"flows: [{id: stock, from: a, to: b, how: automated}]", "every flow is automated already", nil},
		"without hours":  {"flows: [{id: silent, from: a, to: b}]", "No flow has hours yet", []string{"not_stated"}},
	} {
		r := built(t, run(t, parsed(t, "version: 1\nsystems: [{id: a}, {id: b}]\n"+c.flows)), "en")
		if text := summaryText(r); !strings.Contains(text, c.says) {
			t.Errorf("%s: the summary does not say %q:\n%s", name, c.says, text)
		}
		var keys []string
		for _, s := range r.Sections {
			for _, b := range s.Blocks {
				switch b := b.(type) {
				case report.Figures:
					for _, f := range b.Figures {
						keys = append(keys, f.Key)
					}
				case report.Table:
					if b.ID == "projects" || b.ID == "together" {
						t.Errorf("%s: there is a table %s", name, b.ID)
					}
				}
			}
		}
		if strings.Join(keys, " ") != strings.Join(c.figures, " ") {
			t.Errorf("%s: figures %v, want %v", name, keys, c.figures)
		}
	}
}
